"""The shipped layouts keep the rules of Arabic typesetting and of contrast, and say every word from the strings."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from mujaz.assets.css_js import with_asset_names, with_look, without_notes
from mujaz.model.colours import contrast
from mujaz.model.settings import Look

LAYOUTS = Path(__file__).parents[3] / "layouts"
STYLES = {
    name: with_look((LAYOUTS / "assets" / name).read_bytes(), Look()).decode()
    for name in ("main.css", "lists.css", "rare.css", "system.css")
}
CSS = "\n".join(STYLES.values())
RULES = re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)
TEMPLATES = sorted(LAYOUTS.rglob("*.html"))
STRINGS = sorted((LAYOUTS / "strings").glob("*.yaml"))


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{3,6})\b", block))


def schemes() -> dict[str, dict[str, str]]:
    light = re.search(r":root \{(.*?)\n\}", RULES, re.DOTALL)
    system = re.search(r':root:not\(\[data-theme="light"\]\) \{(.*?)\}', RULES, re.DOTALL)
    chosen = re.search(r':root\[data-theme="dark"\] \{(.*?)\}', RULES, re.DOTALL)
    assert light and system and chosen
    return {"light": tokens(light[1]), "dark": tokens(system[1]), "chosen": tokens(chosen[1])}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("pair", ["ink on paper", "soft on paper", "accent on paper", "ink on mark"])
def test_text_is_read_at_seven_to_one(scheme: str, pair: str) -> None:
    colours = schemes()[scheme]
    front, ground = pair.split(" on ")
    assert contrast(colours[front], colours[ground]) >= 7


def test_the_dark_scheme_is_the_same_whether_the_system_or_the_reader_asks_for_it() -> None:
    assert schemes()["dark"] == schemes()["chosen"]


def test_the_browser_bar_has_the_colour_of_the_paper() -> None:
    head = (LAYOUTS / "partials" / "head_shared.html").read_text(encoding="utf-8")
    assert re.findall(r'theme-color" content="\{\{ chrome\.(\w+)\.paper }}"', head) == ["light", "dark"]
    assert [Look().light.paper, Look().dark.paper] == [schemes()[scheme]["paper"] for scheme in ("light", "dark")]


def test_no_shipped_file_holds_a_colour_of_its_own() -> None:
    """What `look` of config.yaml does not reach would be a trace of another paper."""
    for path in [*LAYOUTS.rglob("*.html"), *LAYOUTS.rglob("*.css"), *LAYOUTS.rglob("*.js")]:
        found = re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[;\s}])", path.read_text(encoding="utf-8"))
        assert set(found) <= {"#fff", "#000", "#333", "#999", "#b3141c"}, (
            path
        )  # ink and paper of a printer, and what is urgent
    assert not list(LAYOUTS.glob("static/*"))


@pytest.mark.parametrize(
    "forbidden",
    [r"\b(left|right)\b", "letter-spacing", "italic", r"text-align:\s*justify", "break-all", r"(?<![-\w])direction:"],
)
def test_the_stylesheet_sets_arabic_as_arabic(forbidden: str) -> None:
    assert re.findall(forbidden, RULES) == []


def test_nothing_is_smaller_than_fourteen_pixels() -> None:
    sizes = [float(size) for size in re.findall(r"font-size:\s*([\d.]+)rem", RULES)]
    assert sizes and min(sizes) >= 0.875


def test_nothing_is_fetched_from_another_host() -> None:
    assert re.findall(r"url\([^)]*//|@import", RULES) == []


@pytest.mark.parametrize(("name", "most"), [("main.css", 3_680), ("lists.css", 2_050), ("rare.css", 1_050)])
def test_the_stylesheets_leave_room_for_the_page_in_the_first_round_trip(name: str, most: int) -> None:
    """An article, which many readers open first and alone, has only main.css, and where its text needs it rare.css."""
    assert len(gzip.compress(with_asset_names(STYLES[name].encode(), {}), 6, mtime=0)) < most


PART_OF = {"td": "table", "th": "table", "dt": "dl", "dd": "dl"}


def test_the_rarer_parts_of_a_text_bring_their_styles_and_no_others_do() -> None:
    """What rare.css styles in a text is what partials/rare.html looks for there."""
    styled = set()
    for selector in re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", STYLES["rare.css"], flags=re.DOTALL)):
        for last in re.findall(r"\.prose (?:blockquote )?(?::is\()?([\w., ]+)", selector):
            styled |= {PART_OF.get(name, name) for name in re.split(r"[, ]+", last) if name not in (".prose", "")}
    source = (LAYOUTS / "partials" / "rare.html").read_text(encoding="utf-8")
    sought = {name or "." + kind for name, kind in re.findall(r"<([a-z]+)\"|class=\"([a-z]+)", source)}
    assert sought == styled | {".footnotes"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_layout_has_no_word_of_its_own_and_no_inline_style_or_script(template: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", template.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[\u0600-\u06ff]", source) == []
    shown = re.sub(r"<style.*?</style>", "", source, flags=re.DOTALL) if template.name == "email.html" else source
    for silent in (r"\{% block \w+_class %\}.*?\{% endblock %\}", r"\{\{.*?\}\}|\{%.*?%\}", r"<[^>]*>|&\w+;"):
        shown = re.sub(silent, " ", shown, flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]{2,}", shown) == []
    assert re.findall(r"\sstyle=|\son\w+=|javascript:", source) == []
    assert all("json" in tag or "src=" in tag for tag in re.findall(r"<script[^>]*>", source))


def leaves(strings: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in strings.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{path}{key}.")
        else:
            yield path + str(key), value


@pytest.mark.parametrize("file", STRINGS, ids=lambda path: path.stem)
def test_every_counted_word_has_the_forms_of_its_language(file: Path) -> None:
    """In Arabic six: zero, one, two, few, many, other."""
    strings = yaml.safe_load(file.read_text(encoding="utf-8"))
    wanted = {*Locale.parse(file.stem).plural_form.tags, "other"}
    assert {name: set(forms) for name, forms in strings["plurals"].items()} == dict.fromkeys(strings["plurals"], wanted)
    counted = {"few", "many", "other"} & wanted
    assert all("{n}" in forms[form] for forms in strings["plurals"].values() for form in counted)
    assert [path for path, value in leaves(strings) if not isinstance(value, str) or not value] in ([], ["by"])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
@pytest.mark.parametrize("file", STRINGS, ids=lambda path: path.stem)
def test_every_word_that_a_layout_asks_for_is_in_the_strings(template: Path, file: Path) -> None:
    strings = dict(leaves(yaml.safe_load(file.read_text(encoding="utf-8"))))
    groups = {path[:at] for path in strings for at, character in enumerate(path) if character == "."}
    asked = re.findall(r"(?<![\w./])t\.([a-z_]+(?:\.[a-z_]+)*)", template.read_text(encoding="utf-8"))
    assert [name for name in asked if name not in strings and name not in groups] == []


def test_a_stylesheet_is_sent_without_what_only_its_writers_need() -> None:
    css = """/* one */ a :is(b,  c)::before { content: "a /* b */  , ;"; margin: calc(1px + 2px) }
    @media (min-width: 48rem) { .a > .b, .c + .d { color: red ; } } /* two */
    i { background: url(a.png) ; font: 700 1rem/1.2 "A  B", serif }"""
    assert with_asset_names(css.encode(), {}).decode() == (
        'a :is(b,c)::before{content:"a /* b */  , ;";margin:calc(1px + 2px)}@media (min-width:48rem){.a > .b,'
        '.c + .d{color:red;}}i{background:url(a.png);font:700 1rem/1.2 "A  B",serif}'
    )


def test_a_script_is_sent_without_comments_and_indents_where_its_lines_are_whole() -> None:
    script = b"(function () {\n  // one\n  var a = 1;  // two\n\n\t//three\n  go('// four');\n})();\n"
    assert without_notes(script) == b"(function () {\nvar a = 1;  // two\n\ngo('// four');\n})();\n"
    for broken in (b"var a = `\n  // text`;\n", b"/* one\n  // */ go();\n", b"var a = 'one \\\n  two';\n"):
        assert without_notes(broken) == broken
