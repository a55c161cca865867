"""A file below content/ to an `Article` or a `Standing`, its body, and every problem in it.

Reading is a pure function of the path, the bytes and the `Options`, so that its result may be cached by their digest.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection

from mujaz.arabic.direction import direction_of
from mujaz.arabic.slugs import slug_of
from mujaz.arabic.typography import cut_at_word
from mujaz.content.front_matter import KEYS, NAMES, article, language, standing
from mujaz.content.live import with_entries
from mujaz.content.options import Options, quote_style
from mujaz.frozen import Value, replace
from mujaz.markdown_body.body import parse
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.markdown_body.parser import Dialect
from mujaz.markdown_body.source import Source
from mujaz.messages.errors import Problem
from mujaz.messages.message import Message, say
from mujaz.model.content import Article, Body, Place, Standing
from mujaz.model.fingerprint import digest
from mujaz.model.names import picture_trouble
from mujaz.model.normal_forms import normalized
from mujaz.model.urls import RESERVED
from mujaz.yaml_values.encoding import decode
from mujaz.yaml_values.form import Form, Mapping
from mujaz.yaml_values.loader import load

__all__ = ["Options", "Reading", "read"]

SUMMARY = 220  # characters
FOLDERS = {"pages": "page", "authors": "author", "tags": "tag"}
NAMED_BY_FILE = ("author", "tag")  # their front matter may be left out
YEAR = re.compile(r"[0-9]{4}")
FENCE = re.compile(r"---[ \t]*")
END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
# What git leaves in a file where two people changed one place.
OF_GIT = re.compile(r"^(?:<{7}(?= )|={7}$|>{7}(?= ))", re.MULTILINE)
SECOND = re.compile(r"\s*^---[ \t]*\n\s*(\w+)[ \t]*:", re.MULTILINE)  # a front matter where the body begins
NEARLY_A_FENCE = re.compile(r"[ \t]*[-–—‐‑−_=~]{1,8}[ \t]*")
DRAFT = re.compile(r"^draft:[ \t]+true(?:[ \t]+#.*|[ \t]*)$", re.MULTILINE)


class Reading(Value):
    """The result of reading a file: an article or a standing page if all required keys are valid, and every problem.

    `problems` has errors of drafts too; `mujaz.build.read.problems_of` makes warnings of those. `body` is None where
    the front matter is missing.
    """

    article: Article | None = None
    standing: Standing | None = None
    body: Body | None = None
    problems: tuple[Problem, ...] = ()
    draft: bool = False


class Parts(Value):
    """A file's front matter and body, each with the line on which it begins."""

    head: str
    head_line: int
    body: str
    body_line: int


def read(path: str, raw: bytes, options: Options) -> Reading:
    """Read the file `path` (relative to the site's root, with `/`), whose bytes are `raw`. Never raises."""
    if len(raw) > MAX_BYTES:
        message = say("file-too-large", n=len(raw), most=MAX_BYTES)
        return Reading(problems=(Problem(path=path, message=message, help=say("divide-article")),))
    text, wrong = decode(raw, path)
    if wrong:
        return Reading(problems=(wrong,))
    kind, name, misplaced = _kind(path, options)
    if misplaced:
        return Reading(problems=(misplaced,))
    parts = _conflict(text, path) or _split(text, path, kind)
    if isinstance(parts, Problem):
        return Reading(problems=(parts,), draft=DRAFT.search(text) is not None)
    return _read_parts(path, parts, options, kind, name)


def _read_parts(path: str, parts: Parts, options: Options, kind: str, name: str) -> Reading:
    mapping: Mapping | None = Mapping(values={}, keys={}, place=Place())
    problems: list[Problem] = []
    if parts.head or kind not in NAMED_BY_FILE:
        mapping, problems = load(parts.head, path=path, first_line=parts.head_line, names=NAMES)
    lang = None
    front: Article | None = None
    page: Standing | None = None
    if mapping:
        form = Form(mapping=mapping, path=path, problems=problems)
        lang = language(form)
        if kind == "article":
            front = article(form, options, lang)
        else:
            page = standing(form, options, lang, kind=kind, name=name)
    dialect = _dialect(options, lang, front)
    body, found = parse(parts.body, dialect, path=path, first_line=parts.body_line)
    problems += [*found, *_picture_problems(body, path, options)]
    known = digest(parts.body, dialect.language, dialect.dir, dialect.quotes, dialect.iframes, dialect.live)
    if front:
        front = _with_body(front, body, known)
        if body.entries:
            front = with_entries(front, body.entries, options, problems)
    if page:
        page = _page_with_body(page, body, known)
    draft = front.draft if front else DRAFT.search(parts.head) is not None
    ordered = tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.order))
    return Reading(article=front, standing=page, body=body, problems=ordered, draft=draft)


def _dialect(options: Options, lang: str | None, front: Article | None) -> Dialect:
    code = lang or options.language
    return Dialect(
        language=code,
        dir=direction_of(code),
        quotes=quote_style(options, lang),
        iframes=options.iframes,
        live=front.published.date().isoformat() if front and front.live_until else "",
    )


def _picture_problems(body: Body, path: str, options: Options) -> list[Problem]:
    return [
        Problem(
            path=path,
            line=picture.place.line,
            column=picture.place.column,
            message=say("picture-wrong", picture=picture.src, why=trouble),
            help=say("export-heic") if trouble.id == "picture-is-heic" else say("name-a-picture-file"),
        )
        for picture in body.pictures
        if (trouble := picture_trouble(picture.src, path, options.content))
    ]


def _with_body(front: Article, body: Body, known: str) -> Article:
    return replace(
        front,
        summary=front.summary or cut_at_word(body.first_paragraph, SUMMARY),
        body_digest=known,
        words=body.words,
        links=body.links,
        pictures=body.pictures,
        players=body.players,
        headings=body.headings,
        straight=front.straight + body.straight,
    )


def _page_with_body(page: Standing, body: Body, known: str) -> Standing:
    return replace(
        page,
        summary=cut_at_word(body.first_paragraph, SUMMARY),
        body_digest=known,
        links=body.links,
        pictures=body.pictures,
        players=body.players,
        headings=body.headings,
        straight=page.straight + body.straight,
    )


# ---------------------------------------------------------------- the kind of a file, by its path


def kind_of(path: str, content: str) -> str:
    """What a file is by the folder that it lies in: article, page, author or tag."""
    folder, _, rest = path.removeprefix(content + "/").partition("/")
    return FOLDERS.get(folder, "article") if rest else "article"


def page_trouble(address: str, sections: Collection[str]) -> Message | None:
    """Why no standing page may have this address; None where it may."""
    taken = address in RESERVED or address in sections or YEAR.fullmatch(address)
    return say("address-of-site", address=address) if taken else None


def _kind(path: str, options: Options) -> tuple[str, str, Problem | None]:
    """Kind and name of what a file of this path is; for an article the name is empty."""
    kind = kind_of(path, options.content)
    if kind == "article":
        return kind, "", None
    folder, _, rest = path.removeprefix(options.content + "/").partition("/")
    name = normalized("NFC", posixpath.basename(rest).removesuffix(".md"))
    if "/" in rest or name.lower() == "index":
        text = say("standing-file-misplaced", kind=say(f"the-{kind}"), content=options.content, folder=folder)
        return kind, name, Problem(path=path, message=text, help=say("move-or-rename"))
    address = slug_of(name)
    if not address:
        return kind, name, Problem(path=path, message=say("name-without-address", name=name), help=say("rename"))
    if kind == "page" and (trouble := page_trouble(address, options.sections)):
        return kind, name, Problem(path=path, message=trouble, help=say("rename-file"))
    return kind, name, None


# ---------------------------------------------------------------- front matter and body


def _split(text: str, path: str, kind: str) -> Parts | Problem:
    """The front matter between its `---` lines, and the body after it."""
    first, _, rest = text.partition("\n")
    if not FENCE.fullmatch(first):
        if kind in NAMED_BY_FILE:
            return Parts(head="", head_line=1, body=text, body_line=1)
        return _no_front_matter(text, path)
    end = END.search(rest)
    if end is None:
        return _endless(rest.split("\n"), path)
    line = rest.count("\n", 0, end.start()) + 2
    body = rest[end.end() + 1 :]
    second = SECOND.match(body)
    if second and second[1].lower() in KEYS and END.search(body, second.end()):  # it may say `draft: true`
        line += body.count("\n", 0, body.index("---")) + 1
        return Problem(path=path, line=line, column=1, message=say("front-matter-twice"), help=say("one-front-matter"))
    return Parts(head=rest[: end.start()], head_line=2, body=body, body_line=line + 1)


def _conflict(text: str, path: str) -> Problem | None:
    """Two versions of one place, as git leaves them; a text may show some between its fences of code."""
    if "\n>>>>>>> " not in text:
        return None
    begun, parted = -1, False
    for mark in OF_GIT.finditer(Source(text, path, 1).read):
        if mark[0][0] == ">" and parted:
            line = text.count("\n", 0, begun) + 1
            return Problem(path=path, line=line, column=1, message=say("conflict-of-git"), help=say("choose-a-version"))
        begun, parted = (mark.start(), False) if mark[0][0] == "<" else (begun, mark[0][0] == "=" and begun >= 0)
    return None


def _no_front_matter(text: str, path: str) -> Problem:
    first = text.lstrip("\n \t")
    if not first:
        return Problem(path=path, line=1, column=1, message=say("file-empty"), help=say("start-with-front-matter"))
    trouble = say("no-front-matter")
    mend = say("begin-and-end-front-matter")
    row = first.split("\n", 1)[0]
    if FENCE.fullmatch(row):
        mend = say("front-matter-not-first")
    elif NEARLY_A_FENCE.fullmatch(row):
        mend = say("first-line-of-odd-hyphens", line=row)
    elif row.startswith("+++"):
        trouble, mend = say("front-matter-toml"), say("write-yaml")
    return Problem(path=path, line=1, column=1, message=trouble, help=mend)


def _endless(rows: list[str], path: str) -> Problem:
    trouble = say("front-matter-never-ends")
    mend = say("end-front-matter")
    for number, row in enumerate(rows):
        if NEARLY_A_FENCE.fullmatch(row):
            mend = say("line-of-odd-hyphens", n=number + 2, line=row)
            break
    return Problem(path=path, line=1, column=1, message=trouble, help=mend)
