"""Reads the files of content/ in parallel; unchanged files come from the cache."""

from __future__ import annotations

import contextlib
import mmap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mujaz import workers
from mujaz.assets import pictures, recordings
from mujaz.build.load import Settings
from mujaz.build.request import BuildRequest
from mujaz.cache.store import Lost, Store, encode, pack, seal
from mujaz.content.data_files import parse
from mujaz.content.options import Options
from mujaz.content.scan import Found, digest_of, scan
from mujaz.files.stamps import Stamp, settled
from mujaz.files.whole import read_known
from mujaz.frozen import Record, Value, replace
from mujaz.messages.errors import Problem, SiteError, WorkerDied
from mujaz.messages.message import Message, say
from mujaz.model.content import Article, Body, File, Source, Standing
from mujaz.model.fingerprint import digest, file_digest
from mujaz.model.names import CAPTIONS, RECORDINGS, ending_of
from mujaz.model.settings import Config
from mujaz.model.views import DataFile
from mujaz.site.select import Selection, select

if TYPE_CHECKING:
    from mujaz.content.reader import Reading  # with what it loads, 0.1 s
    from mujaz.related.terms import Terms

ENDINGS = frozenset(("jpg", "jpeg", "png", "webp", "gif"))
HEADED = frozenset((*RECORDINGS, CAPTIONS))  # endings of files that are known by their start
SECONDS = round(workers.LAST_RESORT)
CHUNK = 32  # articles that a worker reads at a time
PICTURES = 4  # that a worker measures at a time
Row = tuple[str, bytes, bytes, str, bytes]
OnProgress = Callable[[str, int, int], None]


SOURCES, MEASURES, RECORDED = "sources", "measures", "recorded"  # names in the store
NO_STAMP = (0, 0, 0)  # no file has it
Sources = dict[str, tuple[Stamp, str]]  # path → stamp and digest, as the last finished build saw them
Measured = tuple[int, int, Message | None, bool]  # width, height, why it is not a picture, whether it is animated
Measures = dict[str, Measured]  # by digest
Recorded = dict[str, tuple[int, int, int] | None]  # seconds, width, height of a recording; None: it is not one


class CachedReading(Record):
    """What the cache holds of one file: an article, a standing page or neither, and every problem in it."""

    article: Article | None = None
    standing: Standing | None = None
    problems: tuple[Problem, ...] = ()
    draft: bool = False  # its problems are only warnings, unless drafts are built
    terms: str = ""  # digest of its terms


class Content(Value):
    """All files below content/, and what was read in the articles. Mappings are by path."""

    found: Found
    about: str  # digest of the options that files are read with
    keys: Mapping[str, str]  # the key of each reading
    readings: Mapping[str, CachedReading]
    sources: Sources  # as the last finished build saw them

    def problems(self, drafts: bool) -> list[Problem]:
        """Return every problem of single files; a draft's are warnings unless `drafts` are built."""
        return [*self.found.problems, *problems_of(self.readings.values(), drafts)]

    @property
    def articles(self) -> list[Article]:
        return [reading.article for reading in self.readings.values() if reading.article]

    @property
    def standing(self) -> list[Standing]:
        return [reading.standing for reading in self.readings.values() if reading.standing]

    @property
    def not_understood(self) -> frozenset[str]:
        """Files that gave neither an article nor a standing page. A link to one is not reported as well."""
        return frozenset(path for path, one in self.readings.items() if not (one.article or one.standing))

    @property
    def body_digests(self) -> set[str]:
        """Digests of all bodies that some file has, shown or not."""
        meant = (reading.article or reading.standing for reading in self.readings.values())
        return {one.body_digest for one in meant if one and one.body_digest}


class SiteRead(Value):
    """The settings of a site, its content, and which of that is published at the request's `now`."""

    settings: Settings
    content: Content
    selection: Selection
    problems: tuple[Problem, ...]  # of the settings and of single files


def read_site(
    request: BuildRequest, settings: Settings, store: Store, on_progress: OnProgress = lambda *_: None
) -> SiteRead:
    """Read the content of a site; what did not change since the last build comes from the store.

    `on_progress` is called with ("read", done, of).
    """
    config = settings.config
    content = read_content(request.root, config, settings.labels, store, request.jobs, on_progress)
    return selected(request, settings, content)


def selected(request: BuildRequest, settings: Settings, content: Content) -> SiteRead:
    """What of the content is published at the request's `now`."""
    selection = select(
        content.articles,
        content.standing,
        zone=ZoneInfo(settings.config.timezone),
        now=request.now,
        drafts=request.drafts,
        future=request.future,
    )
    problems = (*settings.warnings, *content.problems(request.drafts))
    return SiteRead(settings=settings, content=content, selection=selection, problems=problems)


def read_content(
    root: Path, config: Config, labels: Mapping[str, str], store: Store, jobs: int, on_progress: OnProgress
) -> Content:
    """Scan content/ and read what changed. `labels` are the strings' by key.

    `on_progress` is called with ("read", done, of). Raises Lost where the store lacks a reading that it should have.
    """
    sources = store.get(SOURCES, Sources) or {}
    found = scan(root, config.content, sources)
    options = Options.of(config, labels)
    about = digest(options)
    keys = {source.path: reading_key(source, about) for source in found.articles}
    known = store.reading_keys()
    missing = [source for source in found.articles if keys[source.path] not in known]
    readings = _read_articles(root, missing, keys, options, store, jobs, on_progress)
    return Content(found=found, about=about, keys=keys, readings=readings, sources=sources)


def reading_key(source: Source, about: str) -> str:
    """A reading depends on the file's path and bytes, and on the options, whose digest is `about`."""
    return digest(source.path, source.digest, about)


def _read_articles(
    root: Path,
    missing: Sequence[Source],
    keys: Mapping[str, str],
    options: Options,
    store: Store,
    jobs: int,
    on_progress: OnProgress,
) -> dict[str, CachedReading]:
    """Read the `missing` files; the store holds the other readings."""
    held: dict[str, CachedReading] = {}
    apart = True  # a library that crashes must not crash this process
    late, mend = say("reading-takes-too-long", n=SECONDS), say("divide-or-remove")
    with _Watch([source.path for source in missing], late, mend) as watch:

        def read_some(chunk: range) -> list[Row]:
            with workers.limited() as begin:
                read = []
                for n in chunk:
                    begin(missing[n].path)
                    with watch.over(n):
                        read.append(_read_one(root, missing[n], options))
            terms = _all_terms(read, many=len(missing) > CHUNK)
            some = zip((keys[missing[n].path] for n in chunk), read, terms, strict=True)
            return [_row(key, reading, its_terms) for key, reading, its_terms in some]

        if 0 < len(missing) <= CHUNK:  # an edit is read while this process decodes the rest
            with workers.background(lambda: read_some(range(len(missing))), jobs, apart=apart) as rows:
                held = dict(store.readings(keys.values(), CachedReading))
                store.save_readings(rows.result())
        else:
            done = 0
            for some in workers.map(read_some, len(missing), size=CHUNK, jobs=jobs, apart=apart):
                store.save_readings(some)
                done += len(some)
                on_progress("read", done, len(missing))
    # Read back even what was just read: a cold build must see exactly what a warm one sees.
    held |= dict(store.readings([key for key in keys.values() if key not in held], CachedReading))
    try:
        return {path: held[key] for path, key in keys.items()}
    except KeyError as error:
        raise Lost(str(error)) from error


class _Watch:
    """Knows, across processes, which files are being read, so that it can name one that takes too long or crashes."""

    def __init__(self, paths: list[str], late: Message, mend: Message) -> None:
        """`late` says that reading a file takes too long, `mend` what to do."""
        self._paths, self._late, self._mend = paths, late, mend
        self._begun = mmap.mmap(-1, len(paths) + 1)  # shared with the workers: 1 while a file is being read

    def __enter__(self) -> _Watch:
        return self

    @contextlib.contextmanager
    def over(self, n: int) -> Iterator[None]:
        self._begun[n] = 1
        yield
        self._begun[n] = 0

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, workers.OutOfTime):
            raise SiteError([Problem(path=str(error), message=self._late, help=self._mend)]) from None
        if isinstance(error, WorkerDied):
            names = tuple(path for n, path in enumerate(self._paths) if self._begun[n])
            raise WorkerDied(say("while-reading", trouble=error.message, paths=names)) from error


def _read_one(root: Path, source: Source, options: Options) -> Reading:
    from mujaz.content.reader import read

    return read(source.path, read_known(root, source.path, source.digest), options)


def about(body: Body) -> str:
    """The text by which a story is related: of a live story its opening, so that its entries change no other page."""
    return body.opening if body.entries else body.text


def _all_terms(read: Iterable[Reading], *, many: bool) -> list[Terms]:
    """The terms of each reading; empty ones unless it is an article. With `many`, loading numpy pays."""
    from mujaz.related.terms import Sequences, sequences, terms_of

    nothing = Sequences(text=b"", head=b"", shingled=b"")
    found = [
        sequences(one.article.title, one.article.summary, about(one.body), one.article.tags)
        if one.article is not None and one.body is not None
        else nothing
        for one in read
    ]
    if not many:
        return list(map(terms_of, found))
    from mujaz.related.counting import all_terms

    return all_terms(found)


def _row(key: str, reading: Reading, terms: Terms) -> Row:
    body, article = reading.body, reading.article
    packed = pack(terms)
    cached = CachedReading(
        article=article,
        standing=reading.standing,
        problems=reading.problems,
        draft=reading.draft,
        terms=file_digest(packed),
    )
    meant = article or reading.standing
    body_digest = meant.body_digest if meant and body else ""
    html = seal(body.html.encode(), body_digest) if body is not None else b""
    return key, encode(cached, key), seal(packed, key), body_digest, html


def read_files(root: Path, content: Content, store: Store, jobs: int) -> dict[str, File]:
    """Read all files below content/ that are not Markdown. Pictures are measured once for each content."""
    others, known = content.found.others, content.sources
    digests = {path: digest_of(root, path, mark, known) for path, mark in sorted(others.items())}
    pictured = {mark: path for path, mark in digests.items() if ending_of(path) in ENDINGS}
    measured = store.get(MEASURES, Measures) or {}
    missing = [(mark, path) for mark, path in pictured.items() if mark not in measured]

    late, mend = say("picture-takes-too-long", n=SECONDS), say("export-again")
    with _Watch([path for _, path in missing], late, mend) as watch:

        def measure_some(chunk: range) -> list[Measured]:
            measures = []
            with workers.limited() as begin:
                for n in chunk:
                    mark, path = missing[n]
                    begin(path)
                    with watch.over(n):
                        measures.append(_measure(read_known(root, path, mark)))
            return measures

        results = workers.map(measure_some, len(missing), size=PICTURES, jobs=jobs)
        fresh = {mark: measure for (mark, _), measure in zip(missing, chain.from_iterable(results), strict=True)}
    if fresh:
        measured |= fresh
        store.put(MEASURES, measured)
    none: Measured = (0, 0, say("kind-not-shown"), False)
    recorded = _recordings(root, digests, store)
    result = {}
    for path, mark in digests.items():
        ending, size = ending_of(path), others[path][1]
        if ending in HEADED:
            result[path] = _recording(path, mark, size, recorded[f"{mark}.{ending}"])
            continue
        width, height, problem, animated = measured[mark] if ending in ENDINGS else none
        result[path] = File(
            path=path, digest=mark, width=width, height=height, problem=problem, animated=animated, size=size
        )
    return result


def _recordings(root: Path, digests: Mapping[str, str], store: Store) -> Recorded:
    """The length and size of each audio and video file, by its digest and ending; None of what is none.

    Captions have neither, and are here as they too are read by their start.
    """
    held = store.get(RECORDED, Recorded) or {}
    known = dict(held)
    for path, mark in digests.items():
        ending = ending_of(path)
        if ending not in HEADED or f"{mark}.{ending}" in known:
            continue
        found = recordings.measure(read_known(root, path, mark), ending)
        known[f"{mark}.{ending}"] = (found.seconds, found.width, found.height) if found else None
    if len(known) > len(held):
        store.put(RECORDED, known)
    return known


def _recording(path: str, mark: str, size: int, found: tuple[int, int, int] | None) -> File:
    if found is None:
        return File(path=path, digest=mark, size=size, problem=say("is-no-recording"))
    seconds, width, height = found
    return File(path=path, digest=mark, size=size, seconds=seconds, width=width, height=height)


def _measure(raw: bytes) -> Measured:
    try:
        measure = pictures.measure(raw)
    except pictures.PictureError as error:
        return 0, 0, error.message, False
    return measure.width, measure.height, None, measure.animated


def problems_of(readings: Iterable[CachedReading | Reading], drafts: bool) -> list[Problem]:
    """Return every problem of these readings; a draft's are warnings unless `drafts` are built."""
    return [
        replace(problem, warning=True) if reading.draft and not drafts else problem
        for reading in readings
        for problem in reading.problems
    ]


def settled_sources(content: Content, files: Mapping[str, File], clock: int) -> Sources:
    """Return every file with its digest, and its stamp if that will show its next change; else NO_STAMP.

    `clock` is the file system's time before the scan.
    """
    found = {source.path: (source.stamp, source.digest) for source in content.found.articles}
    found |= {path: (mark, files[path].digest) for path, mark in content.found.others.items()}
    return {path: (mark if settled(mark, clock) else NO_STAMP, digest) for path, (mark, digest) in found.items()}


def unreadable(data: Iterable[DataFile], root: Path) -> Iterator[Problem]:
    """The problems of files of data that no page shows yet. Raises OSError where one changed meanwhile."""
    for file in dict.fromkeys(data):
        try:
            parse(file.path, read_known(root, file.path, file.digest))
        except SiteError as error:
            yield from error.problems
