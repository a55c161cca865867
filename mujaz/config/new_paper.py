"""The files of a new paper except its first article: config.yaml with its comments, standing pages, README, CI."""

from __future__ import annotations

import re

from mujaz.frozen import Value
from mujaz.model.colours import LIGHT
from mujaz.model.settings import Section
from mujaz.paths import SAMPLE_CONFIG, data_file
from mujaz.yaml_values.scalars import scalar

SECTIONS = (  # of a paper whose owner names none
    Section(key="politics", name="سياسة", definite="السياسة"),
    Section(key="economy", name="اقتصاد", definite="الاقتصاد"),
    Section(key="sport", name="رياضة", definite="الرياضة"),
    Section(key="culture", name="ثقافة", definite="الثقافة"),
)
FILES = {  # in the paper → in the package
    ".gitignore": "gitignore",
    "requirements.txt": "requirements.txt",
    "README.md": "README.md",
    "content/pages/about.md": "about.md",
    "content/pages/principles.md": "principles.md",
    ".github/workflows/site.yml": "github.yml",
    ".gitlab-ci.yml": "gitlab.yml",
}
ARTICLE = "article.md"  # the body of its first article
MARKDOWN = re.compile(r"([\\`*_\[\]<>#])")  # characters of a name that Markdown would read as markup


class Paper(Value):
    """Name, address and settings of a new paper."""

    title: str
    tagline: str
    base_url: str
    timezone: str
    tag: str  # example.org,2026
    sections: tuple[Section, ...]
    engine: str  # the requirement of Mujaz itself, a line of requirements.txt


def files_of(paper: Paper) -> dict[str, str]:
    """Path → text of each file except the first article."""
    made = {path: _filled(name, paper) for path, name in FILES.items()}
    return {"config.yaml": config_text(paper), **made}


def first_body(paper: Paper) -> str:
    """The body of the first article; `{path}` in it is a placeholder for the path of its file."""
    return _filled(ARTICLE, paper)


def config_text(paper: Paper) -> str:
    """The sample's config.yaml with all its comments and with the values of `paper`."""
    text = SAMPLE_CONFIG.read_text(encoding="utf-8")
    text = re.sub(r"\A# yaml-language-server:.*\n", "", text)
    values = {
        ("site", "title"): scalar(paper.title),
        ("site", "tagline"): scalar(paper.tagline) if paper.tagline else "null",
        ("site", "base_url"): paper.base_url,
        ("site", "timezone"): paper.timezone,
        ("site", "tag"): paper.tag,
        ("site", "name"): scalar(paper.title),  # of the publisher
        ("look", "accent"): f'"{LIGHT.accent}"',
        ("look", "dark"): "null",
        ("look", "footer"): "null",
        ("dates", "week"): "null",
        ("most_read", "source"): "null",
    }
    for (group, key), value in values.items():
        text = _with(text, group, key, value)
    rows = "".join(f"  {one.key}: {{{', '.join(_pairs(one))}}}\n" for one in paper.sections)
    return re.sub(r"(?m)^sections:\n(?:  .*\n)+", lambda _: f"sections:\n{rows}", text)


def _pairs(section: Section) -> list[str]:
    named = {"name": section.name, "definite": section.definite}
    return [f"{key}: {scalar(value, flow=True)}" for key, value in named.items() if value]


def _with(text: str, group: str, key: str, value: str) -> str:
    """`text` with `value` after the first `key` below `group`; comments stay."""
    found = re.compile(rf"(?m)^({group}:\n(?:(?:[ #].*)?\n)*? +{key}:) .*$")
    return found.sub(lambda match: f"{match[1]} {value}", text, count=1)


def _filled(name: str, paper: Paper) -> str:
    text = data_file(f"config/paper/{name}").read_text(encoding="utf-8")
    title = MARKDOWN.sub(r"\\\1", paper.title) if name.endswith(".md") else paper.title
    holes: dict[str, str] = {"title": title, "section": paper.sections[0].key, "engine": paper.engine}
    holes["about"] = scalar(f"عن «{paper.title}»")
    return re.sub(r"\{(title|section|engine|about)\}", lambda hole: holes[hole[1]], text)
