"""Gives each imported article its path, and writes it as a bundle: whole or not at all, never over a file."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mujaz.arabic.slugs import address_key, slug
from mujaz.arabic.typography import clean_metadata
from mujaz.files.whole import replace_whole
from mujaz.frozen import replace
from mujaz.importing import addresses, renewed
from mujaz.importing.addresses import Book, alias_key
from mujaz.importing.bundle import Bundle
from mujaz.importing.front_matter import Place, head
from mujaz.importing.html import plain
from mujaz.importing.incoming import LARGEST, Archive, Incoming, Lost
from mujaz.importing.languages import coded, foreign, originals
from mujaz.importing.lost_words import untold
from mujaz.importing.media import Find
from mujaz.importing.notes import Note
from mujaz.importing.sections import Sections
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.errors import Problem, UsageError
from mujaz.messages.message import Message, say
from mujaz.model import urls
from mujaz.model.content import Article
from mujaz.model.names import default_id, slug_trouble
from mujaz.model.settings import Config

DRAFT = "draft: true\n"
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # without a time


@dataclass(kw_only=True)
class ArticleWriter:
    """Writes imported articles below the site's content folder.

    `there` are the articles that the site has. `judge` returns the problems of a file, given its path and bytes.
    """

    root: Path
    config: Config
    there: Sequence[Article]
    now: datetime
    sections: Sections
    find: Find
    judge: Callable[[str, bytes], Iterable[Problem]]
    drafts: bool | None = None  # True: all; False: only those that were not public; None: as each was
    dry: bool = False
    written: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)  # those of `written` that are drafts
    present: int = 0  # how many the site had already
    skipped: list[Lost] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)  # folder, as case-insensitive disks compare it → id
    _addresses: set[str] = field(default_factory=set)  # of the site and of all imported articles
    _numbers: dict[str, int] = field(default_factory=dict)  # path that several stories want → its last number
    _by_alias: dict[str, list[Article]] = field(default_factory=dict)  # address or old one → the site's articles

    def take(self, archive: Archive) -> None:
        """Find the path of every article, so that links between them are known, then write one after the other."""
        archive = addresses.at_home(archive, self.config.base_url)
        known = {article.id.casefold(): article for article in self.there}
        for article in self.there:
            self._names[address_key(self._folder_of(article.source))] = article.id
            day = article.published.astimezone(ZoneInfo(self.config.timezone)).date()
            own = alias_key(urls.article(day, article.slug))
            for key in {own, *(alias_key(alias.target) for alias in article.aliases)}:
                self._addresses.add(key)
                self._by_alias.setdefault(key, []).append(article)
        self._addresses |= {alias_key(section.key) for section in self.config.sections}
        book = Book.of(archive.hosts)
        placed: list[tuple[Incoming, Place]] = []
        here: list[tuple[Incoming, str]] = []
        stories = map(coded, _own_keys(archive.stories, self.lost))
        for story in sorted(stories, key=lambda story: foreign(story.language, self.config.language) != ""):
            id = default_id(story.key)
            if id in known:
                book.add(story, self._folder_of(known[id].source))
                here.append((story, id))
                self._is_here(story, known[id], renewed.of_one)
            elif place := self._place(story, id):
                book.add(story, place.name)
                here.append((story, id))
                placed.append((story, place))
        translated = originals(here, self.config.language)
        self._addresses |= {place.address for _, place in placed}
        for story, place in placed:
            self._write(story, replace(place, original=translated.get(place.id, "")), book)

    def _folder_of(self, source: str) -> str:
        return re.sub(r"(?:/index)?\.md$", "", source.removeprefix(f"{self.config.content}/"))

    # ------------------------------------------------------------ places

    def _place(self, story: Incoming, id: str) -> Place | None:
        """The place of an article; None, with a reason in `skipped`, where it has none or the path is taken."""
        title = _headline(story)
        written, moment = story.date, self.moment(story.date)
        hold = self.moment(story.hold)
        if moment and hold and hold > max(self.now, moment):
            written, moment = story.hold, hold
        section = self.sections.section(story)
        segment = _segment(story.slug) or slug(title)
        why = _trouble(story, title, moment, section, segment)
        if why is None and moment and section:
            place = Place(
                title=title,
                moment=moment,
                timed=DAY.fullmatch(written.strip()) is None,
                section=section,
                segment=segment,
                id=id,
                updated=self.moment(story.updated),
                expires=self.moment(story.expires),
                language=foreign(story.language, self.config.language),
            )
            return self._own(story, place)
        self.skipped.append(Lost(origin=story.origin, message=why or say("import-no-address")))
        return None

    def _own(self, story: Incoming, place: Place) -> Place | None:
        """The place, with its language or a number behind its name where another article has that.

        None if the article is there already.
        """
        name, asked, same = place.segment, address_key(place.name), self._the_same(story, place)
        if twin := next((one for one in same.values() if renewed.is_twin(place.title, one, place.moment)), None):
            self._is_here(story, twin, renewed.at_address)  # under whatever name it comes now
            return None
        # Numbers go on behind those that this run gave, unless one may be that of the article as the site has it.
        number = 1 if same else self._numbers.get(asked, 1)
        others = [f"{name}-{place.language.lower()}"] if place.language else []
        while True:
            folder = self.root / self.config.content / place.name
            other = self._names.get(address_key(place.name))
            if other is None and not _taken(folder):
                break
            if other is None or other in same:
                if other:
                    self._is_here(story, same[other], renewed.at_address)
                else:
                    self.present += 1
                    self.lost += _in_the_way(story, place, f"{self.config.content}/{place.name}")
                return None
            number += not others
            place = replace(place, segment=others.pop() if others else f"{name}-{number}")
        if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(self.root / self.config.content)):
            why = say("import-leaves-site", folder=self.config.content, name=place.name)
            self.skipped.append(Lost(origin=story.origin, message=why))
            return None
        self._names[address_key(place.name)] = place.id
        self._numbers[asked] = number
        return place

    def _is_here(self, story: Incoming, other: Article, told: renewed.Told) -> None:
        """The site has the story as `other`, which stays as it is."""
        self.present += 1
        asked = "import-open-there" if self.drafts else ""  # for drafts, whatever is open in the archive
        for message in told(story, _headline(story), other, self._addresses, self.moment):
            if message.id != asked:
                self.lost.append(Lost(origin=story.origin, message=message, path=other.source))

    def _the_same(self, story: Incoming, place: Place) -> dict[str, Article]:
        """The site's articles at an old address of the story, whose id an editor or a move to another host changed.

        Two old sites may have had one address: one of another title and another day is another story.
        """
        old = {alias_key(path) for path in addresses.aliases(story)}
        found = (article for key in old for article in self._by_alias.get(key, ()))
        return {one.id: one for one in found if not renewed.is_another(place.title, one, place.moment)}

    def moment(self, text: str) -> datetime | None:
        """The aware datetime of a date, in the site's time zone; None where it cannot be read."""
        return _moment(text, ZoneInfo(self.config.timezone))

    # ------------------------------------------------------------ writing

    def _write(self, story: Incoming, place: Place, book: Book) -> None:
        path = f"{self.config.content}/{place.name}/index.md"
        bundle = Bundle(story=story, title=place.title, book=book, find=self.find, iframes=self.config.iframes)
        draft, why = self._draft(story, place)
        whole = [*story.lost, *([why] if why else [])]
        whole += [say("import-category", name=name) for name in self.sections.others(story, place.section)]
        whole += [] if draft or story.scheduled else addresses.lost(story.old)
        front = head(story, place, self._aliases(story, place, whole), bundle, whole, draft=draft)
        begin = f"---\n{front}---\n\n"
        text, notes = bundle.notes.settle(bundle.text(), begin.count("\n") + 1)
        told = (*whole, *(note.message for note in notes))
        whole += [*untold(f"{bundle.read}\n{story.beside}", begin + text, told), *bundle.unasked(told)]
        raw = f"{begin}{text}\n".encode("utf-8", "replace")  # JSON may hold a lone surrogate
        late = None if draft else _late(story, notes, tuple(self.judge(path, raw)))
        if late:
            raw = f"---\n{front}{DRAFT}---\n\n{text}\n".encode("utf-8", "replace")
            whole.append(late)
        if len(raw) > MAX_BYTES:
            self.skipped.append(Lost(origin=story.origin, message=say("import-too-long", n=len(text), most=MAX_BYTES)))
            return
        if not self.dry:
            _put(self.root / path, raw, bundle.files)
        self.written.append(path)
        if draft or late:
            self.held.add(path)
        self.lost += [Lost(origin=story.origin, message=one, path=path) for one in whole]
        self.lost += [
            Lost(origin=story.origin, message=note.message, path=path, line=note.line + bool(late and note.line))
            for note in notes
        ]

    def _draft(self, story: Incoming, place: Place) -> tuple[bool, Message | None]:
        if story.draft is not None and (self.drafts is None or story.draft.id != "import-from-elsewhere"):
            return True, story.draft if story.draft.id not in ("import-was-draft", "import-from-elsewhere") else None
        if unclear := next((text for text in (story.hold, story.expires) if text and not self.moment(text)), ""):
            return True, say("import-date-unclear", date=unclear[:100])
        if place.expires and place.expires < place.moment:
            return True, say("import-expired-before")
        if story.scheduled and place.moment <= self.now:
            return True, say("import-was-scheduled")
        return bool(self.drafts), None

    def _aliases(self, story: Incoming, place: Place, lost: list[Message]) -> list[str]:
        """The old paths that nothing else uses; they are reserved from now on."""
        found = []
        for path in addresses.aliases(story):
            key = alias_key(path)
            if key == place.address:
                continue
            if key in self._addresses or not addresses.may_be_one(key):
                lost.append(say("import-address-taken", path=path))
            else:
                found.append(path)
                self._addresses.add(key)
        return found


def _trouble(story: Incoming, title: str, moment: datetime | None, section: str | None, segment: str) -> Message | None:
    if len(story.body) > LARGEST:
        return say("import-too-long", n=len(story.body), most=LARGEST)
    if not title:
        return say("import-no-title")
    if moment is None or not 1900 <= moment.year <= 2999:
        return say("import-no-date", date=story.date[:100])
    if section is None:
        named = ", ".join(filter(None, map(plain, story.sections)))
        option = f"--map '{named}=KEY'"
        return say("import-unknown-section", section=named, option=option) if named else say("import-no-section")
    return None if segment and not slug_trouble(segment) else say("import-no-address")


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
    except (ValueError, OverflowError):  # the last day of the year 9999 overflows in zones farther east
        return None


def _in_the_way(story: Incoming, place: Place, path: str) -> list[Lost]:
    return [Lost(origin=story.origin, message=say("import-place-taken", title=place.title), path=path)]


def _headline(story: Incoming) -> str:
    return " ".join(clean_metadata(plain(story.title)).split())


def _late(story: Incoming, notes: Iterable[Note], problems: Sequence[Problem]) -> Message | None:
    """Why an article is held once it is written, if it is: no reader saw a part of it, or a build would stop at it.

    Of HTML that cannot be read nobody knows what it hid. Hugo and Jekyll show no footnote that nothing refers to.
    """
    if any(note.message.id in ("import-hidden-text", "html-broken") for note in notes):
        return say("import-part-hidden")
    if story.template in ("hugo", "jekyll") and any(problem.message.id == "footnote-unused" for problem in problems):
        return say("import-part-hidden")
    wrong = next((problem for problem in problems if not problem.warning), None)
    return say("import-draft-wrong", why=wrong.message) if wrong else None


def _own_keys(stories: Iterable[Incoming], lost: list[Lost]) -> Iterator[Incoming]:
    """The stories, each with a key of its own; one that stands in the archive twice comes once."""
    first: dict[str, Incoming] = {}
    count: Counter[str] = Counter()
    for story in stories:
        before = first.setdefault(story.key, story)
        count[story.key] += 1
        if before is story:
            yield story
        elif replace(story, origin=before.origin) == before:
            lost.append(Lost(origin=story.origin, message=say("import-twice")))
        else:
            yield replace(story, key=f"{story.key} {count[story.key]}")


def make_drafts(writer: ArticleWriter, problems: Iterable[Problem]) -> bool:
    """Make drafts of written articles whose `problems` would stop a build. Returns whether there was any."""
    held: dict[str, Message] = {}
    open_now = set(writer.written) - writer.held
    for problem in problems:
        if not problem.warning:
            named = {problem.path, *(value for _, value in problem.message.args if isinstance(value, str))}
            if ours := sorted(named & open_now):
                held.setdefault(ours[-1], problem.message)
    for path, why in held.items():
        file = writer.root / path
        raw = file.read_bytes()
        begin, _, rest = raw.partition(b"\n---\n")
        replace_whole(file, begin + b"\n" + DRAFT.encode() + b"---\n" + rest, raw)
        writer.lost.append(Lost(origin=path, message=say("import-draft-wrong", why=why), path=path))
    writer.held |= held.keys()
    return bool(held)


def _segment(written: str) -> str:
    """The last segment of the old address, if it is a valid slug."""
    segment = addresses.path_of(written).strip("/").rpartition("/")[2]
    return segment if segment and not slug_trouble(segment) else slug(segment.replace("-", " "))


def _taken(folder: Path) -> bool:
    return folder.exists() or folder.is_symlink() or folder.with_name(folder.name + ".md").exists()


def _put(path: Path, raw: bytes, files: Mapping[str, Path | bytes]) -> None:
    """Write a bundle beside its place and rename it, so that it is there whole or not at all."""
    folder = path.parent
    new = folder.with_name(f".{folder.name[:60]}.new")  # a name that no build reads
    if new.exists():
        shutil.rmtree(new)  # of a run that was killed
    try:
        new.mkdir(parents=True)
        for name, content in files.items():
            if isinstance(content, bytes):
                (new / name).write_bytes(content)
            else:
                shutil.copyfile(content, new / name)
        (new / "index.md").write_bytes(raw)
        if folder.exists():  # it was created meanwhile; a rename would replace an empty folder
            raise UsageError(say("import-appeared", path=str(folder)))
        os.rename(new, folder)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
