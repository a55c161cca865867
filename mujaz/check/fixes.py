"""What a machine can fix in the files of a site, as `fix` shows and writes it.

A step returns a fixed text. It is accepted only if the file reads after it as before, except for what the step fixes: a
file with errors has fewer of them, a file without has none, and everything else in its story is unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from mujaz.build.load import load_settings
from mujaz.build.request import BuildRequest
from mujaz.build.survey import Survey, survey
from mujaz.check import fix_body, fix_front_matter
from mujaz.check.fix_front_matter import Fix, Made
from mujaz.content.options import Options, quote_style
from mujaz.content.reader import Reading, read
from mujaz.content.rewriting import front_matter, steps, with_text
from mujaz.files.whole import read_plain, replace_whole
from mujaz.frozen import Struct, Value, asdict
from mujaz.markdown_body.embeds import NOCOOKIE_HOST
from mujaz.messages.catalogue import catalogue
from mujaz.messages.errors import Problem
from mujaz.model.content import Article, Standing
from mujaz.yaml_values.encoding import decode

LETTERS = re.compile(r"[^\W\d_]+")
QUOTED = str.maketrans("", "", '"«»“”„‟')
CODE = re.compile(r"<pre\b.*?</pre>", re.S)
# What makes of lines a list or a paragraph, and isolates words of another direction.
LINED = re.compile(r"</?(?:p|ul|ol|li|bdi)\b[^>]*>")
TAG = re.compile(r"(<[^>]*>)")
# Fields of an article that any step may change: places, and what depends on them; a body is compared by its letters.
PLACED = ("places", "links", "pictures", "straight", "body_digest", "words")


def fixable() -> tuple[str, ...]:
    """The ids of problems that `fix` can fix, always or sometimes."""
    return tuple(id for id, entry in catalogue().items() if "fix" in entry)


class FixedFile(Value):
    """A file, relative to the site's root, and its bytes before and after its `fixes`."""

    path: str
    before: bytes
    after: bytes
    fixes: tuple[Fix, ...]

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff of both texts. Where very much lies between the first change and the last, all of
        that is shown as changed.
        """
        before, after = (decode(raw, "")[0].split("\n") for raw in (self.before, self.after))
        compared = SequenceMatcher(None, before, after)
        compared.opcodes = steps(before, after)  # type: ignore[attr-defined]
        yield from (f"--- a/{self.path}", f"+++ b/{self.path}")
        for group in compared.get_grouped_opcodes(1):
            (_, i, _, k, _), (_, _, j, _, m) = group[0], group[-1]
            yield f"@@ -{_span(i, j)} +{_span(k, m)} @@"
            for kind, i, j, k, m in group:
                if kind == "equal":
                    yield from (f" {row}" for row in before[i:j])
                else:
                    yield from (*(f"-{row}" for row in before[i:j]), *(f"+{row}" for row in after[k:m]))


def _span(start: int, end: int) -> str:
    """Lines as the head of a part of a diff names them; their number is left out where it is one."""
    return f"{start + 1}" if end - start == 1 else f"{start + (end > start)},{end - start}"


def fixes(request: BuildRequest, *, only: Collection[str] = (), below: Collection[str] = ()) -> Iterator[FixedFile]:
    """Each file that can be fixed, sorted by path; nothing is written.

    `only` are ids of problems, `below` paths of files and folders; empty means all. Raises SiteError for a wrong
    config.yaml.
    """
    settings = load_settings(request)
    seen = survey(request, settings.config)
    site = _Site.of(seen, Options.of(settings.config, settings.labels), frozenset(only or fixable()))
    for path, reading in seen.readings.items():
        if not below or any(path == one or path.startswith(one + "/") for one in below):
            problems = tuple(reading.problems)
            made = _fixed(site, request.root, path, reading.article or reading.standing, problems)
            if made.fixes:
                yield made


def write(root: Path, fixed: FixedFile) -> None:
    """Replace the file as a whole. Raises OSError, also where it has changed since it was read."""
    replace_whole(root / fixed.path, fixed.after, fixed.before)


class _Site(Value):
    """What the fixes of one file need to know about the others. `public` are the files of stories with an address."""

    options: Options
    only: frozenset[str]
    public: frozenset[str]
    spellings: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, seen: Survey, options: Options, only: frozenset[str]) -> _Site:
        selection = seen.selection
        public = (*selection.published, *selection.withdrawn, *selection.expired)
        spellings = fix_front_matter.spellings(selection.articles, selection.published)
        sources = frozenset(article.source for article in public)
        return cls(options=options, only=only, public=sources, spellings=spellings)


class _File(Value):
    """A file between two steps: its text, and what it reads as. `story` is None where it cannot be read."""

    path: str
    raw: bytes
    text: str
    story: Article | Standing | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        return sum(not problem.warning for problem in self.problems)


Step = tuple[Callable[[_Site, _File, str, int], Made], bool, tuple[str, ...]]


def _fixed(
    site: _Site, root: Path, path: str, story: Article | Standing | None, problems: tuple[Problem, ...]
) -> FixedFile:
    raw = read_plain(root / path)
    text, wrong = decode(raw, path)
    file = _File(path=path, raw=raw, text=text, story=story, problems=problems)
    found: list[Fix] = []
    reading: Reading | None = None
    for step in () if wrong else STEPS:
        make, is_head, may = step
        start, end = front_matter(file.text) or (0, 0)
        start, end = (start, end) if is_head else (end, len(file.text))
        if start == end:
            continue
        before = file.text[start:end]
        after, some = make(site, file, before, file.text.count("\n", 0, start) + 1)
        if after == before or any(fix.id not in site.only for fix in some):
            continue
        text = file.text[:start] + after + file.text[end:]
        new = with_text(raw, text)
        was, reading = reading or read(path, file.raw, site.options), read(path, new, site.options)
        if not _is_sound(was, reading, may):
            reading = was
            continue
        found += some
        file = _File(
            path=path, raw=new, text=text, story=reading.article or reading.standing, problems=reading.problems
        )
    return FixedFile(path=path, before=raw, after=file.raw, fixes=tuple(sorted(found, key=lambda fix: fix.line)))


def _is_sound(before: Reading, after: Reading, may: Collection[str]) -> bool:
    """Whether a step removed an error, or changed only the fields in `may`."""
    errors = [sum(not problem.warning for problem in one.problems) for one in (before, after)]
    one, other = (_said(reading, may) for reading in (before, after))
    if one is not None and other is None:
        return False
    return errors[1] < errors[0] or (errors[1] == errors[0] and one is not None and one == other)


def _said(reading: Reading, may: Collection[str]) -> object:
    """What a file says, without the places; None where it cannot be read."""
    story, body = reading.article or reading.standing, reading.body
    if story is None or body is None:
        return None
    plain = {key: _unplaced(value) for key, value in asdict(story).items() if key not in PLACED and key not in may}
    targets = [*(link.target for link in story.links), *(picture.src for picture in story.pictures)]
    if "body" in may:  # the content of a frame is not text
        plain["summary"] = _letters(str(plain["summary"]))
        return plain, targets, _framed(body.html), CODE.findall(body.html)
    if "quotes" in may:
        return (
            {key: value.translate(QUOTED) if isinstance(value, str) else value for key, value in plain.items()},
            targets,
            body.html.translate(QUOTED),
            CODE.findall(body.html),
        )
    return plain, targets, body.html


def _unplaced(value: Any) -> Any:
    """The value without places."""
    if isinstance(value, tuple):
        return tuple(map(_unplaced, value))
    if isinstance(value, Struct):
        return {key: _unplaced(inner) for key, inner in asdict(value).items() if key != "place"}
    return value


def _framed(html: str) -> list[str]:
    """The letters of a body with the elements that they stand in, such as cells of a table, but for lists."""
    return [part if part.startswith("<") else _letters(part) for part in TAG.split(LINED.sub("", html))]


def _letters(text: str) -> str:
    return "".join(LETTERS.findall(text))


# ---------------------------------------------------------------- the steps


def _directional(site: _Site, file: _File, head: str, line: int) -> Made:
    return fix_front_matter.directional(head, line, file.problems)


def _form(site: _Site, file: _File, head: str, line: int) -> Made:
    return fix_front_matter.form(head, line) if file.errors else (head, [])


def _no_break_spaces(site: _Site, file: _File, head: str, line: int) -> Made:
    return fix_front_matter.no_break_spaces(head, line, file.problems)


def _commas(site: _Site, file: _File, head: str, line: int) -> Made:
    return fix_front_matter.commas(head, line, file.problems)


def _lasting(site: _Site, file: _File, head: str, line: int) -> Made:
    story = file.story
    if not isinstance(story, Article) or file.errors:
        return head, []
    wanted = [] if story.explicit_id or "no-id" not in site.only else ["id"]
    if "slug" not in story.places and file.path in site.public and "no-slug" in site.only:
        wanted.append("slug")
    return fix_front_matter.lasting(head, story, wanted)


def _names(site: _Site, file: _File, head: str, line: int) -> Made:
    if not isinstance(file.story, Article) or not site.spellings:
        return head, []
    return fix_front_matter.names(head, file.story, site.spellings)


def _lists(site: _Site, file: _File, body: str, line: int) -> Made:
    return fix_body.lists(body, line)


def _frames(site: _Site, file: _File, body: str, line: int) -> Made:
    return fix_body.frames(body, line) if NOCOOKIE_HOST in site.options.iframes else (body, [])


def _quotes(site: _Site, file: _File, body: str, line: int) -> Made:
    lang = file.story.lang if file.story else None
    return fix_body.half_set(body, line, quote_style(site.options, lang))


# Each with whether it is for the front matter, and the fields that it may change. Steps that add lines come last, since
# fixes are reported with the lines of the file as it is.
STEPS: Iterable[Step] = (
    (_directional, True, ()),
    (_form, True, ()),
    (_no_break_spaces, True, ()),
    (_commas, True, ("tags",)),
    (_names, True, ("tags", "authors", "series")),
    (_frames, False, ("body",)),
    (_quotes, False, ("quotes",)),
    (_lists, False, ("body",)),
    (_lasting, True, ("explicit_id",)),
)
