"""The shape of the code: which module may import which, who imports each library, how long a function gets.

`LAYERS` is the table of docs/architecture.md in the form a machine can hold against the files.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mujaz"

# A layer for each number, in steps: a module imports from lower layers, and from lower steps of its own.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("frozen paths arabic typography policy solar aside __init__", "errors views fingerprint stamps", "holes"),
    (
        "model machineviews feedviews order dates terms moments decoding pictures fonts shaping workers versions twins",
        "values cards emails matter",
    ),
    (
        "addresses assets names bounds dialect inline kept metadata trees guards store hits why changes counting"
        " vectors folding",
        "references scan mends closeness output",
        "typeset fields candidates deploying",
        "markup ranking",
        "renewal",
    ),
    ("frontmatter config groups layouts strings album bundles unchanged", "reader related", "explaining"),
    ("resolve fittings", "site", "intake", "relating"),
    (
        "frame feedtext sitemap hosts",
        "sharing",
        "lists editions machine feeds feedentries search",
        "articles feedxml feedjson due",
        "pages",
    ),
    ("render", "pipeline", "build", "survey"),
    (
        "htmltext",
        "links letters hitlog readers imported builder server watching seeding newstory proofs"
        " editorial outside schemas",
        "serving inspection wordpress folders syndicated",
        "commands",
        "cli",
    ),
)
BANNED = ("pickle", "shelve", "random")
COMMANDS = "commands"  # the verbs, a module each, stand in the table as one
FOLDERS = (COMMANDS, "messages")
# Libraries that more than one module needs, and why.
SHARED = {
    "msgspec": {"frozen", "store"},  # one makes values by it, the other keeps them
    "PIL": {"pictures", "cards"},  # one resizes, the other draws
    "jinja2": {"folding", "layouts"},  # one works on what the other has parsed
    "markupsafe": {"layouts", "render"},  # Markup is the type of what needs no more escaping
    "numpy": {"candidates", "closeness", "counting", "ranking", "renewal", "vectors"},  # arrays go from one to the next
    "scipy": {"candidates", "closeness", "vectors"},
    "click": {"cli", COMMANDS},  # each verb declares its own arguments
}
HEAVY = ("scipy", "numpy", "markdown", "jinja2", "feedgen", "PIL", "babel")
FILE, FUNCTION, CLASS = 400, 60, 200  # lines at most

MODULES = {path.stem: path for path in sorted(PACKAGE.glob("*.py"))}
for folder in FOLDERS:
    MODULES |= {f"{folder}.{path.stem}": path for path in sorted((PACKAGE / folder).glob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def stands_as(name: str) -> str:
    """The name under which a module stands in the table."""
    return name.partition(".")[0]


def steps() -> dict[str, tuple[int, int]]:
    """Module → (layer, step)."""
    return {
        name: (layer, step)
        for layer, groups in enumerate(LAYERS)
        for step, names in enumerate(groups)
        for name in names.split()
    }


def imports(name: str) -> Iterator[tuple[str, int]]:
    """(full name of what is imported, line), wherever it stands: in functions and under TYPE_CHECKING too."""
    for part in ast.walk(TREES[name]):
        if isinstance(part, ast.Import):
            yield from ((alias.name, part.lineno) for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            assert part.level == 0, f"{name}.py:{part.lineno}: a relative import; write it from 'mujaz' on"
            module = part.module or ""
            yield from ((f"{module}.{alias.name}", part.lineno) for alias in part.names)


def own_imports(name: str) -> Iterator[tuple[str, int]]:
    """(module of the package, line). `from mujaz import x` and `from mujaz.x import y` are both of x."""
    for full, line in imports(name):
        first, _, rest = full.partition(".")
        if first == "mujaz":
            yield rest.partition(".")[0] or "__init__", line


# ---------------------------------------------------------------- layers


def test_every_module_has_one_place_in_the_table() -> None:
    listed = [name for groups in LAYERS for names in groups for name in names.split()]
    assert sorted(listed) == sorted({stands_as(name) for name in MODULES})


def test_imports_go_down_only() -> None:
    place = steps()
    wrong = [
        f"{name}.py:{line} imports {other}, which is not below it"
        for name in MODULES
        for other, line in own_imports(name)
        if place[other] >= place[stands_as(name)] and not (other in FOLDERS and other == stands_as(name))
    ]
    assert not wrong, "\n".join(wrong)


def test_the_table_in_the_docs_is_this_one() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([0-9]) \| ([^|]*) \|", text, re.MULTILINE)
    in_docs = {int(number): sorted(re.findall(r"`(\w+)`", modules)) for number, modules in rows}
    here = {number: sorted(" ".join(groups).split()) for number, groups in enumerate(LAYERS)}
    here[0].remove("__init__")  # holds nothing but a sentence
    assert in_docs == here


def test_one_module_asks_where_the_package_lies() -> None:
    """The others may move into a folder and still find their files."""
    names = {name for name, tree in TREES.items() for part in ast.walk(tree) if getattr(part, "id", "") == "__file__"}
    assert names == {"paths"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    """The table rules it out as well; this holds even where the table is wrong."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    for name in MODULES:
        below[stands_as(name)] |= {other for other, _ in own_imports(name)} - {stands_as(name)}
    while free := {name for name, others in below.items() if not others}:
        below = defaultdict(set, {name: others - free for name, others in below.items() if name not in free})
    assert below == {}


# ---------------------------------------------------------------- libraries


def test_each_library_has_one_importer() -> None:
    importers: defaultdict[str, set[str]] = defaultdict(set)
    for name in MODULES:
        for full, _ in imports(name):
            first = full.partition(".")[0]
            if first != "mujaz" and first not in sys.stdlib_module_names:
                importers[first].add(stands_as(name))
    assert {"yaml", "markdown", "jinja2", "feedgen"} <= importers.keys()  # the walk sees imports within functions
    assert {library: names for library, names in importers.items() if len(names) > 1} == SHARED


def loaded_after(code: str) -> set[str]:
    """Which of the heavy libraries a fresh interpreter has loaded after `code`."""
    told = f"import json, sys\n{code}\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    result = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(json.loads(result.stdout.splitlines()[-1]))


def test_the_walk_of_loaded_libraries_sees_one() -> None:
    assert loaded_after("import babel") == {"babel"}


def test_the_command_line_loads_no_heavy_library() -> None:
    assert loaded_after("import mujaz.cli") == set()


def test_the_pipeline_loads_what_is_slow_only_when_it_is_used() -> None:
    assert not loaded_after("import mujaz.build") & {"scipy", "numpy", "feedgen", "PIL", "babel"}


# ---------------------------------------------------------------- sizes


def test_no_file_is_longer_than_can_be_read_in_one_go() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    long = [f"{name}.py has {length} lines, more than {FILE}" for name, length in lengths.items() if length > FILE]
    assert not long, "\n".join(long)


def test_no_function_and_no_class_is_too_long() -> None:
    long = []
    for name, tree in TREES.items():
        for part in ast.walk(tree):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                lines = (part.end_lineno or 0) - part.lineno + 1
                most = CLASS if isinstance(part, ast.ClassDef) else FUNCTION
                if lines > most:
                    long.append(f"{name}.py:{part.lineno} {part.name} has {lines} lines, more than {most}")
    assert not long, "\n".join(long)


def test_nothing_is_pickled_and_nothing_but_the_command_line_reads_the_clock() -> None:
    """Law 6: the cache cannot run. Law 1: one `now`."""
    clock = {"datetime.now", "datetime.today", "date.today", "datetime.utcnow", "time.time", "time.time_ns"}
    clock |= {"marshal.load", "marshal.loads"}
    wrong = []
    for name, tree in TREES.items():
        # Workers send results through a pipe, as multiprocessing does; nothing of it is stored.
        banned = [(full, line) for full, line in imports(name) if full.split(".")[0] in BANNED and name != "workers"]
        wrong += [f"{name}.py:{line} {full}" for full, line in banned]
        for part in ast.walk(tree):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and name != f"{COMMANDS}.options":
                called = f"{part.value.id}.{part.attr}"
                wrong += [f"{name}.py:{part.lineno} {called}"] if called in clock else []
    assert wrong == []
