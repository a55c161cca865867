"""`init`: begin a paper of one's own."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit
from zoneinfo import available_timezones

import click

from mujaz import VERSION
from mujaz.arabic.typography import clean_metadata
from mujaz.commands.options import language_option, now_of, print_message, program, text_of
from mujaz.config.new_paper import SECTIONS, Paper, files_of, first_body
from mujaz.config.sections import key_trouble
from mujaz.config.settings import base_url_trouble, load_config
from mujaz.messages.errors import UsageError, did_you_mean
from mujaz.messages.message import Message, say
from mujaz.model.settings import Section

ADDRESS, ZONE = "https://example.org", "UTC"  # of a paper that names none
HEADLINE, SLUG = "أول خبر", "first"
LOCALTIME = Path("/etc/localtime")  # a link into the database of time zones, where the machine has one


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="The name of the paper. Default: that of the folder.")
@click.option("--tagline", help="A line about it.")
@click.option("--address", help="Where it will live: https://example.org/news.")
@click.option("--zone", help="The time zone of its days, like Asia/Qatar. Default: the machine's.")
@click.option(
    "--section", "sections", multiple=True, metavar="KEY=NAME", help="A section: sport=رياضة. May be repeated."
)
@click.option("--yes", is_flag=True, help="Ask nothing.")
@language_option
def init(
    folder: Path,
    title: str | None,
    tagline: str | None,
    address: str | None,
    zone: str | None,
    sections: tuple[str, ...],
    yes: bool,
) -> None:
    """Begin a paper in a new folder: settings, a first article, two pages, a README, files for CI.

    It asks for what no option says, in Arabic or English, and never writes into a folder that holds anything.

    \b
    Examples:
      mujaz init paper
      mujaz init paper --title "المرفأ" --address https://example.org --zone Asia/Qatar --section local=محليات --yes
    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        raise UsageError(say("folder-not-empty", path=str(folder)))
    now, name = now_of(None), os.fsencode(folder.absolute().name).decode(errors="replace")
    usual = ",".join(f"{one.key}={one.name}" for one in SECTIONS)
    title = _asked(title, yes, say("ask-title"), name, _no_trouble)
    tagline = _asked(tagline, yes, say("ask-tagline"), "", _no_trouble)
    address = _asked(address, yes, say("ask-address"), ADDRESS, _address_trouble)
    zone = _asked(zone, yes, say("ask-zone"), _zone_here(), _zone_trouble)
    rows = "\n".join(sections) or _asked(None, yes, say("ask-sections"), usual, _sections_trouble)
    if trouble := _sections_trouble(rows):
        raise UsageError(trouble)
    engine, wheel = _engine()
    paper = Paper(
        title=_line(title) or name,
        tagline=_line(tagline),
        base_url=address.rstrip("/"),
        timezone=zone,
        tag=f"{urlsplit(address).hostname},{now:%Y}",
        sections=SECTIONS if rows == usual else _sections(rows),
        engine=engine,
    )
    count = _write(folder, paper, wheel, now)
    print_message("paper-begun", n=count, folder=str(folder), program=program())


def _write(folder: Path, paper: Paper, wheel: Path | None, now: datetime) -> int:
    """Write the paper's files, and return how many they are."""
    from mujaz.content.new_article import new_story

    files = {path: text.encode() for path, text in files_of(paper).items()}
    with TemporaryDirectory() as scratch:  # nothing lies in the folder until all is well
        settings = Path(scratch, "config.yaml")
        settings.write_bytes(files["config.yaml"])
        config = load_config(settings).config
    story = new_story(HEADLINE, config, now, (), slug_asked=SLUG, draft=False, body=first_body(paper))
    files[story.path] = story.text.replace("{path}", story.path).encode()
    if wheel:
        files[f"wheels/{wheel.name}"] = wheel.read_bytes()
    try:
        for path, raw in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(raw)
    except BaseException:
        _take_back(folder, files)
        raise
    return len(files)


def _take_back(folder: Path, files: Collection[str]) -> None:
    """Remove the files of half a paper: the same command would refuse a folder that holds something."""
    for path in files:
        with suppress(OSError):
            (folder / path).unlink()
    parts = {part for path in files for part in Path(path).parents if part.parts}
    for part in sorted(parts, key=lambda part: -len(part.parts)):
        with suppress(OSError):  # something of others' is in it
            (folder / part).rmdir()


def _asked(
    given: str | None, silent: bool, question: Message, default: str, trouble_of: Callable[[str], Message | None]
) -> str:
    """What an option says, or an answer; `default` where nothing is asked. A wrong answer is asked for again.

    Raises UsageError for a wrong option.
    """
    if given is not None or silent:
        text = default if given is None else given
        if trouble := trouble_of(text):
            raise UsageError(trouble)
        return text
    while True:
        answer: str = click.prompt(text_of(question), default=default, show_default=bool(default), err=True)
        trouble = trouble_of(answer)
        if trouble is None:
            return answer
        click.echo(text_of(trouble), err=True)


def _no_trouble(text: str) -> None:
    return None


def _address_trouble(text: str) -> Message | None:
    why = base_url_trouble(text)
    return say("answer-refused", value=text, why=why) if why else None


def _zone_trouble(text: str) -> Message | None:
    if text in available_timezones():
        return None
    return say(
        "zone-unknown", zone=text, near=did_you_mean(text, sorted(available_timezones())) or say("write-time-zone")
    )


def _zone_here() -> str:
    """The machine's time zone, where its name can be told."""
    name = "/".join(Path(os.path.realpath(LOCALTIME)).parts[-2:])
    return name if name in available_timezones() else ZONE


def _sections(text: str) -> tuple[Section, ...]:
    """Of `key=name`: one a line as options name them, or with commas between them in an answer."""
    parts = text.splitlines() if "\n" in text or text.count("=") == 1 else re.split("[,،]", text)
    pairs = (part.partition("=") for part in parts if part.strip())
    return tuple(Section(key=key.strip(), name=_line(name)) for key, _, name in pairs)


def _line(text: str) -> str:
    """The text as config.yaml can hold it: one line, without control characters and bytes that are no UTF-8."""
    return " ".join(clean_metadata(text).split())


def _sections_trouble(text: str) -> Message | None:
    found = _sections(text)
    if not found or not all(one.name for one in found):
        return say("sections-wrong", text=text)
    return next((trouble[0] for one in found if (trouble := key_trouble(one.key))), None)


def _engine() -> tuple[str, Path | None]:
    """What requirements.txt asks for, and the wheel that is to lie in the paper, if this engine came from one.

    pip notes where it took a package from, unless that was the index.
    """
    try:
        origin = json.loads(distribution("mujaz").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:  # a checkout
        origin = {}
    url = str(origin.get("url", ""))
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return f"mujaz @ git+{url}@{commit}", None
    parts = urlsplit(url)
    if parts.scheme == "https":
        return f"mujaz @ {url}", None
    wheel = Path(unquote(parts.path))
    if parts.scheme == "file" and wheel.suffix == ".whl" and wheel.is_file():
        return f"./wheels/{wheel.name}", wheel
    return f"mujaz=={VERSION}", None
