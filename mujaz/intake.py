"""Files of content/ to what was read in them, in parallel, with everything unchanged taken from the store."""

from __future__ import annotations

import contextlib
import mmap
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from mujaz import pictures, workers
from mujaz.errors import Message, Problem, SiteError, WorkerDied, say
from mujaz.fingerprint import digest, file_digest
from mujaz.frontmatter import Options
from mujaz.frozen import Struct, replace
from mujaz.model import Article, File, Source, Standing
from mujaz.scan import Found, changed_meanwhile, digest_of
from mujaz.stamps import Stamp, settled
from mujaz.store import Lost, Store, encode, seal

if TYPE_CHECKING:
    from mujaz.reader import Reading  # with what it loads, 0.1 s
    from mujaz.terms import Terms

ENDINGS = frozenset(("jpg", "jpeg", "png", "webp", "gif"))
CHUNK = 32  # articles that a worker reads at a time
PICTURES = 4  # that a worker measures at a time
Row = tuple[str, bytes, bytes, str, bytes]


class Kept(Struct, frozen=True, kw_only=True, array_like=True):
    """What is kept of one file that was read: an article, a standing page or neither, and every problem in it."""

    article: Article | None = None
    standing: Standing | None = None
    problems: tuple[Problem, ...] = ()
    draft: bool = False  # its problems are only warnings, unless drafts are built
    terms: str = ""  # digest of its terms


def reading_keys(found: Found, options: Options) -> dict[str, str]:
    """Path → key of its reading: the file's path and bytes, and the options that reading depends on."""
    about = digest(options)
    return {source.path: digest(source.path, source.digest, about) for source in found.articles}


def unread(found: Found, keys: Mapping[str, str], store: Store) -> list[Source]:
    """The Markdown files of which the store does not hold the reading."""
    known = store.reading_keys()
    return [source for source in found.articles if keys[source.path] not in known]


def read_articles(
    root: Path,
    missing: Sequence[Source],
    keys: Mapping[str, str],
    options: Options,
    store: Store,
    jobs: int,
    tell: Callable[[str, int, int], None],
) -> dict[str, Kept]:
    """Path → what was read. Only the `missing` are read, the others are held; `tell` hears ("read", done, of)."""
    held: dict[str, Kept] = {}
    apart = True  # a library that crashes must not take this process with it
    with _Watch([source.path for source in missing]) as watch:

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

        if 0 < len(missing) <= CHUNK:  # what an editor changed is read while the rest is decoded
            with workers.beside(lambda: read_some(range(len(missing))), jobs, apart=apart) as rows:
                held = dict(store.readings(keys.values(), Kept))
                store.save_readings(rows())
        else:
            done = 0
            for some in workers.in_chunks(read_some, len(missing), size=CHUNK, jobs=jobs, apart=apart):
                store.save_readings(some)
                done += len(some)
                tell("read", done, len(missing))
    # Read back even what was just read: a cold build must see exactly what a warm one sees.
    held |= dict(store.readings([key for key in keys.values() if key not in held], Kept))
    try:
        return {path: held[key] for path, key in keys.items()}
    except KeyError as error:
        raise Lost(str(error)) from error


class _Watch:
    """Knows, across processes, which files are being read, to name the one that no bound foresaw."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
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
            text = say("reading-takes-too-long", n=round(workers.LAST_RESORT))
            help = say("divide-or-remove")
            raise SiteError([Problem(path=str(error), message=text, help=help)]) from None
        if isinstance(error, WorkerDied):
            names = tuple(path for n, path in enumerate(self._paths) if self._begun[n])
            raise WorkerDied(say("while-reading", trouble=error.message, paths=names)) from error


def _read_one(root: Path, source: Source, options: Options) -> Reading:
    from mujaz.reader import read

    with open(os.path.join(root, source.path), "rb", buffering=0) as file:
        raw = file.read()
    if file_digest(raw) != source.digest:  # else the store would keep one text by the key of another
        raise changed_meanwhile(source.path)
    return read(source.path, raw, options)


def _all_terms(read: Iterable[Reading], *, many: bool) -> list[Terms]:
    """The terms of each; none for what is no article. With `many`, numpy is worth its loading."""
    from mujaz.terms import Sequences, sequences, terms_of

    nothing = Sequences(text=b"", head=b"", shingled=b"")
    found = [
        sequences(one.article.title, one.article.summary, one.body.text, one.article.tags)
        if one.article is not None and one.body is not None
        else nothing
        for one in read
    ]
    if not many:
        return list(map(terms_of, found))
    from mujaz.counting import all_terms

    return all_terms(found)


def _row(key: str, reading: Reading, terms: Terms) -> Row:
    body, article = reading.body, reading.article
    sealed = encode(terms)
    kept = Kept(
        article=article,
        standing=reading.standing,
        problems=reading.problems,
        draft=reading.draft,
        terms=file_digest(sealed),
    )
    meant = article or reading.standing
    html = seal(body.html.encode()) if body is not None else b""
    return key, encode(kept), sealed, meant.body_digest if meant and body else "", html


def files(root: Path, found: Found, known: Mapping[str, tuple[Stamp, str]], store: Store, jobs: int) -> dict[str, File]:
    """Everything below content/ that is not Markdown, pictures measured once for each content."""
    digests = {path: digest_of(root, path, mark, known) for path, mark in sorted(found.others.items())}
    pictured = {mark: path for path, mark in digests.items() if path.rpartition(".")[2].lower() in ENDINGS}
    measured = store.measures()
    missing = [(mark, path) for mark, path in pictured.items() if mark not in measured]

    def measure_some(chunk: range) -> list[tuple[int, int, Message | None]]:
        return [_measure((root / missing[n][1]).read_bytes()) for n in chunk]

    results = workers.in_chunks(measure_some, len(missing), size=PICTURES, jobs=jobs)
    fresh = {mark: measure for (mark, _), measure in zip(missing, chain.from_iterable(results), strict=True)}
    store.save_measures(fresh)
    measured |= fresh
    none: tuple[int, int, Message | None] = (0, 0, say("kind-not-shown"))
    result = {}
    for path, mark in digests.items():
        is_one = path.rpartition(".")[2].lower() in ENDINGS
        width, height, problem = measured[mark] if is_one else none
        result[path] = File(path=path, digest=mark, width=width, height=height, problem=problem)
    return result


def _measure(raw: bytes) -> tuple[int, int, Message | None]:
    try:
        measure = pictures.measure(raw)
    except pictures.PictureError as error:
        return 0, 0, error.message
    return measure.width, measure.height, None


def judged(kept: Iterable[Kept | Reading], drafts: bool) -> list[Problem]:
    """Every problem of what was read; a draft's are warnings unless drafts are built."""
    return [
        replace(problem, warning=True) if reading.draft and not drafts else problem
        for reading in kept
        for problem in reading.problems
    ]


def not_understood(kept: Mapping[str, Kept]) -> frozenset[str]:
    """Files that gave neither an article nor a standing page. A link to one is no further problem."""
    return frozenset(path for path, reading in kept.items() if not (reading.article or reading.standing))


def body_digests(kept: Mapping[str, Kept]) -> set[str]:
    """Digests of all bodies that some file of content/ has, shown or not."""
    meant = (reading.article or reading.standing for reading in kept.values())
    return {one.body_digest for one in meant if one and one.body_digest}


def trusted(found: Found, files: Mapping[str, File], clock: int) -> Iterator[tuple[str, Stamp, str]]:
    """(path, stamp, digest) of each file whose stamp will tell its next change. `clock` is when the scan began."""
    for source in found.articles:
        if settled(source.stamp, clock):
            yield source.path, source.stamp, source.digest
    for path, mark in found.others.items():
        if settled(mark, clock):
            yield path, mark, files[path].digest
