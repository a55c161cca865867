"""The shape of the code: which package may import which, who imports each library, how long a file and a function get.

`MAY_IMPORT` is the architecture, from the ground up. docs/architecture.md draws it.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator

from tests.support.code import MODULES, PACKAGE, trees
from tests.support.sites import REPOSITORY

# Package, or module beside them → what it imports. A row names only rows above it, so nothing imports up and no two
# packages import each other.
MAY_IMPORT: dict[str, str] = {
    "frozen": "",
    "paths": "",
    "messages": "frozen paths",
    "workers": "messages",
    "model": "frozen messages",
    "files": "frozen model",
    "arabic": "model",
    "output": "frozen paths messages files",
    "cache": "frozen paths model",
    "assets": "frozen paths messages model arabic",
    "hosting": "frozen messages files model output",
    "yaml_values": "frozen messages model arabic",
    "markdown_body": "frozen messages model arabic",
    "related": "frozen workers model arabic",
    "site": "frozen messages model arabic assets",
    "layouts": "frozen paths messages files model arabic assets",
    "search": "frozen model arabic",
    "feeds": "frozen model arabic",
    "config": "frozen paths messages model yaml_values",
    "content": "frozen messages files model arabic yaml_values markdown_body",
    "pages": "frozen messages files model arabic assets hosting site layouts search",
    "render": ("frozen messages files workers model arabic cache assets markdown_body content layouts search feeds"),
    "most_read": "messages model arabic site",
    "importing": "frozen messages files model arabic yaml_values markdown_body site",
    "build": (
        "frozen paths messages files workers model arabic output cache assets markdown_body"
        " related site layouts search config content pages render most_read"
    ),
    "check": (
        "frozen paths messages files model arabic assets output cache yaml_values markdown_body site layouts config"
        " content importing build"
    ),
    "serve": "frozen paths messages workers output cache layouts build",
    "desk": ("frozen paths messages files model arabic assets yaml_values markdown_body content build check serve"),
    "commands": (
        "messages files model arabic output cache hosting yaml_values related site layouts config"
        " content render most_read importing build check serve desk"
    ),
    "cli": "messages commands",
    "__main__": "commands cli",
}
BANNED = ("pickle", "shelve", "random")
# Libraries that more than one module needs, and why.
SHARED: dict[str, set[str]] = {
    # one resizes, the others draw
    "PIL": {"assets.cards", "assets.icons", "assets.pictures"},
    # each verb declares its own arguments
    "click": {"cli", "commands"},
    # one renders, the other is its environment; the desk has pages of its own
    "jinja2": {"desk.render", "layouts.environment", "layouts.layouts", "layouts.references", "layouts.sources"},
    # one drives it, the other extends it
    "markdown": {"markdown_body.extensions", "markdown_body.parser"},
    # Markup is the type of what needs no more escaping
    "markupsafe": {"layouts.environment", "layouts.layouts", "render.renderer"},
    # one makes values by it, one stores them, one writes JSON in a tenth of the time
    "msgspec": {"cache.store", "frozen", "search.index"},
    # one cleans what is published, the other reads what comes in
    "nh3": {"importing.html", "markdown_body.allowed_html"},
    # arrays go from one to the next
    "numpy": {
        "related.candidates",
        "related.counting",
        "related.incremental",
        "related.ranking",
        "related.similarity",
        "related.sparse",
        "related.vectors",
    },
    # one serves the site, the other lets in; the desk has pages of its own
    "starlette": {"desk.answers", "desk.app", "serve.guard", "serve.server"},
}
HEAVY = ("scipy", "numpy", "markdown", "jinja2", "feedgen", "PIL", "babel")
ENTRIES, FILE, FUNCTION, CLASS = 30, 400, 60, 200  # at most: in mujaz/; lines of each


def package_of(module: str) -> str:
    """`mujaz.pages.plan` → `pages`, `mujaz.messages.errors` → `errors`."""
    return [*module.split("."), ""][1]


def imports(name: str) -> Iterator[tuple[str, int]]:
    """(full name, line) of every import of a module: those in functions and for types alone too."""
    for part in ast.walk(trees()[name]):
        if isinstance(part, ast.Import):
            yield from ((alias.name, part.lineno) for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            assert part.level == 0, f"{name}:{part.lineno}: a relative import; write it from 'mujaz' on"
            yield from ((f"{part.module}.{alias.name}", part.lineno) for alias in part.names)


def own_imports(name: str) -> Iterator[tuple[str, int]]:
    """(module of ours, line): `from mujaz.site import links` and `from mujaz.site.links import x` name one module."""
    for full, line in imports(name):
        if full.split(".")[0] == "mujaz":
            yield (full if full in MODULES else full.rpartition(".")[0]), line


def cycle(arrows: dict[str, set[str]]) -> set[str]:
    """Those that import each other by some way; empty where there is none."""
    left = {name: others - {name} for name, others in arrows.items()}
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    return set(left)


# ---------------------------------------------------------------- packages


def test_every_package_has_one_row_and_few_stand_in_the_folder() -> None:
    entries = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert entries - {"__init__"} == MAY_IMPORT.keys()
    assert len(entries - {"__init__", "__main__"}) <= ENTRIES


def test_a_row_names_rows_above_it() -> None:
    above: set[str] = set()
    for name, others in MAY_IMPORT.items():
        assert set(others.split()) <= above, f"{name} imports {set(others.split()) - above}, which is not above it"
        above.add(name)


def test_packages_import_what_their_row_names_and_nothing_else() -> None:
    used: defaultdict[str, set[str]] = defaultdict(set)
    wrong = []
    for name in MODULES:
        here = package_of(name)
        for other, line in own_imports(name):
            there = package_of(other)
            if there and here and there != here:
                used[here].add(there)
                if there not in MAY_IMPORT[here].split():
                    wrong.append(f"{name}:{line} imports {other}: the row of {here} has no {there}")
    assert not wrong, "\n".join(wrong)
    unused = {name: set(others.split()) - used[name] for name, others in MAY_IMPORT.items()}
    assert not any(unused.values()), f"rows say more than is imported: { {k: v for k, v in unused.items() if v} }"


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Within a package too."""
    assert cycle({name: {other for other, _ in own_imports(name)} for name in MODULES}) == set()


def test_the_walk_for_cycles_sees_one() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}, "e": set()}) >= {"b", "c"}


def test_a_package_says_in_one_sentence_what_it_is_for_and_loads_nothing() -> None:
    table = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    in_docs = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", table, re.MULTILINE))
    for path in PACKAGE.glob("*/__init__.py"):
        tree = trees()[f"mujaz.{path.parent.name}"]
        sentence = ast.get_docstring(tree) or ""
        assert len(tree.body) == 1 and re.fullmatch(r"[^\n]+\.", sentence), path
        assert in_docs.get(path.parent.name) == sentence, (
            f"docs/architecture.md has another sentence: {path.parent.name}"
        )


# ---------------------------------------------------------------- libraries


def test_each_library_has_one_importer() -> None:
    importers: defaultdict[str, set[str]] = defaultdict(set)
    for name in MODULES:
        for full, _ in imports(name):
            first = full.partition(".")[0]
            if first != "mujaz" and first not in sys.stdlib_module_names:
                short = name.removeprefix("mujaz.")
                importers[first].add("commands" if short.startswith("commands") else short)
    assert {"yaml", "markdown", "jinja2", "feedgen"} <= importers.keys()  # the walk sees imports within functions
    assert {library: names for library, names in importers.items() if len(names) > 1} == SHARED


def loaded_after(code: str) -> set[str]:
    """The heavy libraries that a fresh interpreter has loaded after `code`."""
    asked = f"import json, sys\n{code}\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    run = [sys.executable, "-c", asked]
    result = subprocess.run(run, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_the_walk_of_loaded_libraries_sees_one() -> None:
    assert loaded_after("import babel") == {"babel"}


def test_the_command_line_loads_no_heavy_library() -> None:
    assert loaded_after("import mujaz.cli") == set()


def test_the_pipeline_loads_what_is_slow_only_when_it_is_used() -> None:
    assert not loaded_after("import mujaz.build.entry") & {"scipy", "numpy", "feedgen", "PIL", "babel"}


# ---------------------------------------------------------------- files and functions


def test_one_module_asks_where_the_package_lies() -> None:
    """The others may move into another folder and still find their files."""
    names = {name for name, tree in trees().items() for part in ast.walk(tree) if getattr(part, "id", "") == "__file__"}
    assert names == {"mujaz.paths"}


def test_one_module_asks_for_normal_forms() -> None:
    """The library's own takes a time that grows with the square of a run of marks."""
    asks = {
        name for name, tree in trees().items() for part in ast.walk(tree) if getattr(part, "attr", "") == "normalize"
    }
    assert asks == {"mujaz.model.normal_forms"}


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES.values()}
    assert [f"{path} has {length} lines, more than {FILE}" for path, length in lengths.items() if length > FILE] == []


def test_no_function_and_no_class_is_too_long() -> None:
    long = []
    for name, tree in trees().items():
        for part in ast.walk(tree):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                lines = (part.end_lineno or 0) - part.lineno + 1
                most = CLASS if isinstance(part, ast.ClassDef) else FUNCTION
                if lines > most:
                    long.append(f"{name}:{part.lineno} {part.name} has {lines} lines, more than {most}")
    assert not long, "\n".join(long)


def test_nothing_is_pickled_and_nothing_but_the_command_line_reads_the_clock() -> None:
    """Law 6: the cache cannot run. Law 1: one `now`."""
    clock = {"datetime.now", "datetime.today", "date.today", "datetime.utcnow", "time.time", "time.time_ns"}
    clock |= {"marshal.load", "marshal.loads"}
    wrong = []
    for name, tree in trees().items():
        if name != "mujaz.workers":  # it sends results through a pipe; nothing of that is stored
            wrong += [f"{name}:{line} {full}" for full, line in imports(name) if full.split(".")[0] in BANNED]
        for part in ast.walk(tree):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                called = f"{part.value.id}.{part.attr}"
                if called in clock and name != "mujaz.commands.options":
                    wrong.append(f"{name}:{part.lineno} {called}")
    assert wrong == []
