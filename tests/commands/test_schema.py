"""The JSON Schemas of front matter and config.yaml take what a build takes, and refuse the mistakes that it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from mujaz.commands.schema import KINDS
from mujaz.config import settings as config_settings
from mujaz.content import front_matter
from mujaz.content.options import Options
from mujaz.yaml_values.form import Form
from mujaz.yaml_values.loader import load
from tests.commands.test_cli import Run
from tests.commands.test_cli import run as run
from tests.support.sites import CONFIG, REPOSITORY, Site
from tests.support.whole_site import FONTS

STRANGE = "zzzzzz"
STORY = yaml.safe_load("{title: خبر, date: '2021-10-18', section: politics}")


class Loader(yaml.SafeLoader):
    """YAML 1.2, which editors read: a date is text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, shape) for tag, shape in pairs if not tag.endswith(":timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def schema(kind: str) -> Draft202012Validator:
    raw = json.loads((REPOSITORY / f"docs/schemas/{kind}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(raw)
    return Draft202012Validator(raw)


def read(text: str) -> Any:
    return yaml.load(text, Loader)


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_schema_is_what_the_code_says(run: Run, kind: str) -> None:
    code, out, _ = run(REPOSITORY, "schema", kind)
    shipped = (REPOSITORY / f"docs/schemas/{kind}.json").read_text(encoding="utf-8")
    assert code == 0
    assert out == shipped, f"write it anew: mujaz schema {kind} > docs/schemas/{kind}.json"


def test_each_key_of_both_is_described() -> None:
    found = schema("frontmatter").schema["properties"]
    assert [key for key, value in found.items() if "description" not in value] == ["extra"]
    settings = schema("config").schema["properties"]
    for key, value in settings.items():
        below = variants(value)[0].get("properties", {}) if key in config_settings.GROUPS else {key: value}
        assert all("description" in one for one in below.values()), key


def test_the_schema_knows_the_sections_and_labels_of_the_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    strings = tmp_path / "layouts/strings/ar.yaml"
    strings.parent.mkdir(parents=True)
    strings.write_text("labels: {letter: رسالة}\n", encoding="utf-8")
    found = Draft202012Validator(json.loads(run(tmp_path, "schema", "frontmatter")[1]))
    sections = list(read(CONFIG)["sections"])
    assert found.schema["properties"]["section"]["enum"] == sections
    assert found.is_valid(STORY | {"section": sections[-1], "label": "letter"})
    assert not found.is_valid(STORY | {"section": "sprot"})
    assert not found.is_valid(STORY | {"label": "letters"})


def test_the_config_and_every_article_of_the_sample_are_valid() -> None:
    assert not list(schema("config").iter_errors(read((REPOSITORY / "config.yaml").read_text(encoding="utf-8"))))
    known, articles = schema("frontmatter"), 0
    for path in sorted((REPOSITORY / "content").rglob("*.md")):
        if path.relative_to(REPOSITORY / "content").parts[0] in ("pages", "authors", "tags"):
            continue
        front = re.match(r"---\n(.*?)\n---\n", path.read_text(encoding="utf-8"), re.S)
        assert front, path
        assert not [error.message for error in known.iter_errors(read(front[1]))], path
        articles += 1
    assert articles > 70


@pytest.mark.parametrize(
    ("line", "good"),
    [
        ("date: 2021-10-18 14:00", True),
        ("date: ٢٠٢١-١٠-١٨", True),
        ("date: 7/10/2021", False),
        ("titel: خبر", False),
        ("section: sprot", False),
        ("title:", False),
        ("tags: [2022, كأس العالم]", True),
        ("tags: روسيا، الناتو", False),
        ("tags:", True),
        ("label: opinion", True),
        ("label: عاجل", False),
        ("image: {src: a.jpg}", False),
        ("image: {src: a.jpg, alt: ميناء}", True),
        ("sources: [الجزيرة, {name: وكالة, url: 'https://example.org/'}]", True),
        ("sources: [{url: 'https://example.org/'}]", False),
        ("aliases: [/old/nato.html]", True),
        ("aliases: ['https://example.org/old']", False),
        ("corrections: [{date: 2021-10-19, text: نص}]", True),
        ("corrections: [{date: 2021-10-19}]", False),
        ("draft: yes please", False),
        ("weight: 1.5", False),
        ("lang: english", False),
        ("id: a b", False),
        ("extra: {anything: {at: [all]}}", True),
        ("extra: text", False),
    ],
)
def test_the_schema_judges_a_line_as_a_build_does(line: str, good: bool) -> None:
    key = line.partition(":")[0]
    text = "\n".join([line, *(f"{other}: '{value}'" for other, value in STORY.items() if other != key)]) + "\n"
    mapping, problems = load(text, path="content/a.md")
    assert mapping and not problems
    form = Form(mapping=mapping, path="content/a.md", problems=[])
    front_matter.article(form, options(), front_matter.language(form))
    assert (not form.problems) == good, form.problems
    assert schema("frontmatter").is_valid(read(text)) == good


def options() -> Options:
    labels = variants(schema("frontmatter").schema["properties"]["label"])[0]["enum"]
    return Options.of(config_settings.load_config(REPOSITORY / "config.yaml").config, dict.fromkeys(labels, ""))


# ---------------------------------------------------------------- keys, choices and bounds are the code's


def variants(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in value.get("anyOf", [value]) if one.get("type") != "null"]


def parts(value: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Every schema inside a schema, with the keys that lead to it; `[]` is an entry of a list."""
    for one in variants(value):
        yield path, one
        for key, inner in one.get("properties", {}).items():
            yield from parts(inner, (*path, key))
        if "items" in one:
            yield from parts(one["items"], (*path, "[]"))
        if isinstance(one.get("additionalProperties"), dict):
            yield from parts(one["additionalProperties"], (*path, "politics"))


def said(kind: str, path: tuple[str, ...], value: Any) -> str:
    """What the code says of a file with this value at `path` and nothing else."""
    for key in reversed(path):
        value = [value] if key == "[]" else {key: value}
    mapping, problems = load(yaml.safe_dump(value, allow_unicode=True), path="a")
    assert mapping and not problems
    form = Form(mapping=mapping, path="a", problems=[])
    if kind == "config":
        config_settings._config(form, REPOSITORY, None)
    else:
        front_matter.article(form, options(), None)
    return "\n".join(f"{problem.text}\n{problem.help}" for problem in form.problems)


@pytest.mark.parametrize("kind", ["frontmatter", "config"])
def test_keys_choices_and_bounds_are_those_of_the_code(kind: str) -> None:
    counted = dict.fromkeys(("keys", "choices", "bounds"), 0)
    for path, part in parts(schema(kind).schema):
        name = "'" + ".".join(key for key in path if key != "[]")
        if part.get("additionalProperties") is False:
            told = said(kind, (*path, STRANGE), "1")
            assert f"known keys: {', '.join(part['properties'])}\n" in told + "\n", path
            counted["keys"] += 1
        elif "enum" in part and path != ("section",):
            told = said(kind, path, STRANGE)
            assert f"{name}' is '{STRANGE}', not one of {', '.join(part['enum'])}\n" in told, path
            counted["choices"] += 1
        elif part.get("type") == "integer":
            low, high = part["minimum"], part["maximum"]
            for value in (low, high):
                assert f"{name}' is" not in said(kind, path, value), path
            for value in (low - 1, high + 1):
                assert f"{name}' is '{value}', not a whole number from {low} to {high}" in said(kind, path, value), path
            counted["bounds"] += 1
    expected = {"frontmatter": (4, 1, 1), "config": (12, 6, 6)}[kind]
    assert all(found >= least for found, least in zip(counted.values(), expected, strict=True)), counted


@pytest.mark.parametrize(
    ("change", "good"),
    [
        ({}, True),
        ({"homme": {"count": 3}}, False),
        ({"home": None}, True),
        ({"home": {"count": 33}}, False),
        ({"sections": {"Politics": {"name": "سياسة"}}}, False),
        ({"sections": {"archive": {"name": "سياسة"}}}, False),
        ({"sections": {"politics": {"nmae": "سياسة"}}}, False),
        ({"sections": {}}, False),
        ({"hosting": ["netlify", "caddy"]}, True),
        ({"hosting": ["vercel"]}, False),
        ({"quotes": "double"}, False),
        ({"site": {"title": "موجز"}}, False),
        ({"site": {"title": "موجز", "base_url": "example.org"}}, False),
        ({"iframes": ["https://www.youtube.com/"]}, False),
        ({"feed": {"websub": "http://hub.example.org/"}}, False),
    ],
)
def test_the_schema_judges_a_setting_as_a_build_does(tmp_path: Path, change: dict[str, Any], good: bool) -> None:
    changed = read(CONFIG) | change
    assert schema("config").is_valid(changed) == good
    path = tmp_path / "config.yaml"
    path.write_text(yaml.safe_dump(changed, allow_unicode=True), encoding="utf-8")
    _, problems = config_settings.load_despite_problems(path)
    assert all(problem.warning for problem in problems) == good, problems


@pytest.mark.parametrize(
    ("head", "good"),
    [("title: من نحن", True), ("{title: من نحن, weight: 2, lang: en, extra: {a: b}}", True),
     ("weight: 2", False), ("{title: من نحن, date: 2021-10-18}", False), ("{title: من نحن, weight: x}", False)],
)  # fmt: skip
def test_a_standing_page_is_taken_and_refused_as_by_a_build(
    make_site: Callable[..., Site], head: str, good: bool
) -> None:
    assert schema("page").is_valid(read(head)) == good
    site = make_site(FONTS | {"content/pages/about.md": f"---\n{head}\n---\n\nنص.\n"})
    if good:
        site.build()
    else:
        assert site.problems()


@pytest.mark.parametrize("kind", ["author", "tag"])
@pytest.mark.parametrize(
    ("head", "good"),
    [("title: نوبل", True), ("{lang: en, extra: {a: b}}", True), ("{title: نوبل, weight: 2}", False),
     ("{title: نوبل, lang: english}", False), ("[نوبل]", False)],
)  # fmt: skip
def test_a_line_about_an_author_or_a_tag_is_taken_and_refused_as_by_a_build(
    make_site: Callable[..., Site], kind: str, head: str, good: bool
) -> None:
    assert schema(kind).is_valid(read(head)) == good
    site = make_site(FONTS | {f"content/{kind}s/نوبل.md": f"---\n{head}\n---\n\nنص.\n"})
    if good:
        site.build()
    else:
        assert site.problems()


@pytest.mark.parametrize("kind", ["page", "author", "tag"])
def test_the_other_files_of_the_sample_hold_to_their_schema(kind: str) -> None:
    files = sorted((REPOSITORY / "content" / f"{kind}s").glob("*.md"))
    assert files
    for file in files:
        assert schema(kind).is_valid(read(file.read_text(encoding="utf-8").split("---")[1])), file
