# `make site` sets up everything and builds; `make test` sets up everything and tests. Needs Python 3.11+, make, git.
PYTHON ?= python3
BIN := .venv/bin
DATA ?=
PORT ?= 8000
OUTPUT ?= output
CHROME ?= $(shell command -v chromium || command -v google-chrome)
SIZES ?=
ROUNDS ?=
ALSO ?=
WORKERS ?= auto
# Units and laws: what shows most mistakes, in seconds.
FAST := tests/unit tests/laws
# Where Python may not keep what it compiled, each process of a test compiles the package anew.
unexport PYTHONDONTWRITEBYTECODE
PYTEST = DATA="$(DATA)" FAST="$(FAST)" $(BIN)/python -m pytest

.PHONY: FORCE help setup site preview test test-fast test-rest test-long guards lint types axe lighthouse validate bench bench-related fonts lock clean

help:
	@echo "make site      set up and build content/ into output/"
	@echo "make preview   build, then show the site on http://localhost:$(PORT)/"
	@echo "make test      set up and run the tests        (DATA=folder of real articles, optional)"
	@echo "make test-fast ruff, and the tests of units and laws alone, which come first in make test"
	@echo "make test-long the long property and fault runs"
	@echo "make guards    take each guard of SECURITY.md out of a copy, and see that a test misses it"
	@echo "make lint      ruff and mypy"
	@echo "make axe       axe, contrast and keys on every kind of page; OUTPUT=folder, for these three, is another built site"
	@echo "make lighthouse  Lighthouse on home, an article, a section     (needs Node and Chromium)"
	@echo "make validate    the Nu validator on every kind of page       (needs Node and Java)"
	@echo "make bench     measure against Hugo      (SIZES=\"1000 10000\" ROUNDS=2 ALSO=pelican, optional)"
	@echo "make fonts     cut the fonts that come already cut anew"
	@echo "make bench-related DATA=folder   grades of related stories, beside other methods"
	@echo "make lock      renew the locked dependencies"
	@echo "make clean     remove what was built, and the cache"

setup: .venv/site
site: .venv/site
	$(BIN)/python build.py

preview: site
	$(BIN)/python build.py preview --port $(PORT)

test: test-fast
	@$(MAKE) --no-print-directory types test-rest

test-fast: .venv/test
	$(BIN)/ruff check .
	$(PYTEST) -m "not long and not slow and not alone" -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(FAST)

# What cannot run beside others comes last, by itself.
test-rest: .venv/test
	$(PYTEST) -m "not long and not alone and (slow or not fast)" -n $(WORKERS) --dist loadfile --no-loadscope-reorder
	$(PYTEST) -m "alone and not long" -n 0

test-long: .venv/test
	$(PYTEST) -m long -s

guards: .venv/test
	$(BIN)/python tests/support/guards.py

# A built site in a browser, as a phone sees it, and by the rules of HTML and CSS.
BUILT := $(if $(filter output,$(OUTPUT)),site)
axe: .venv/test $(BUILT)
	OUTPUT="$(OUTPUT)" $(BIN)/python -m pytest tests/browser/test_accessibility.py

lighthouse: $(BUILT) tests/web/node_modules/.package-lock.json
	node tests/web/lighthouse.mjs "$(OUTPUT)" $(CHROME)

validate: $(BUILT) .venv/site tests/web/node_modules/.package-lock.json
	$(BIN)/python tests/web/validate.py "$(OUTPUT)" tests/web/node_modules/vnu-jar/build/dist/vnu.jar

tests/web/node_modules/.package-lock.json: tests/web/package-lock.json
	npm ci --prefix tests/web --ignore-scripts

lint: .venv/test types
	$(BIN)/ruff check .

types: .venv/test
	$(BIN)/mypy

bench: .venv/site .venv/bench/done
	$(BIN)/python bench/run.py $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(ALSO),--also $(ALSO))

bench-related: .venv/site
	$(BIN)/python bench/related_lists.py "$(DATA)"

# The environment is made anew where its Python has gone, where that has become another version, which sees none of its
# packages (pip is always one), and where PYTHON is given and is another.
WHICH := import sys; print(sys.base_prefix, sys.version)
GIVEN := $(filter-out undefined default file,$(origin PYTHON))
.venv/python: FORCE
	@if $(BIN)/python -c 'import pip' 2>/dev/null && \
	    { test -z "$(GIVEN)" || test "$$($(PYTHON) -c '$(WHICH)')" = "$$($(BIN)/python -c '$(WHICH)')"; }; \
	then test -e $@ || touch $@; \
	else \
	  $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mujaz needs Python 3.11 or newer; try: make PYTHON=python3.12 setup")' && \
	  echo "making .venv with $$($(PYTHON) -V)" && rm -rf .venv && $(PYTHON) -m venv .venv && touch $@; \
	fi

# A stamp, not the folder, so that a cut-off install is done again.
.venv/site: .venv/python requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/test: .venv/site requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

.venv/bench/done: .venv/site bench/requirements.lock
	$(BIN)/python -m venv .venv/bench
	.venv/bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.lock
	@touch $@

fonts: .venv/site
	$(BIN)/python -c "from mujaz.assets import fonts; fonts.ship()"

lock:
	$(PYTHON) -m venv --clear .lock
	.lock/bin/pip install --quiet uv
	.lock/bin/uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	.lock/bin/uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group test pyproject.toml -c requirements.lock -o requirements-test.lock
	.lock/bin/uv pip compile --upgrade --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 bench/requirements.in -o bench/requirements.lock

clean:
	rm -rf output .mujaz
