"""The pipeline's step that relates stories: what is asked of `mujaz.related`, where, and the last answer, kept.

Planning needs no related story, only rendering does. So they are computed in a process of their own while the site is
planned; and not at all where nothing that they are made from has moved. What is known of the last answer lets the next
one be found sooner (`mujaz.renewal`). That process loads its libraries while articles are read.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, TypeAlias

from mujaz import workers
from mujaz.aside import is_alone
from mujaz.fingerprint import digest
from mujaz.frozen import Struct
from mujaz.intake import Kept
from mujaz.model import Article, RelatedSettings
from mujaz.site import Assembly, Shelf
from mujaz.store import Lost, Store, decode, encode
from mujaz.terms import Terms

if TYPE_CHECKING:
    from mujaz.related import Question  # loads scipy, 0.25 s
    from mujaz.renewal import PreviousLists

Lists: TypeAlias = Mapping[str, tuple[str, ...]]
ANSWER = "related stories"
MEMORY = "related stories: pools"
READY, NOTHING = b"+", b"-"  # what is told to the process that relates: that there is a question, or will be none


class Asked(Struct, frozen=True, kw_only=True):
    """A `Question` of which the terms are named by the keys of their readings; all run beside `ids`, which ascend."""

    ids: list[str]
    keys: list[str]
    days: list[float]
    sections: list[str]
    settings: RelatedSettings
    pins: dict[str, tuple[str, ...]]
    excluded: dict[str, tuple[str, ...]]


Relate: TypeAlias = Callable[[Asked], Callable[[], Lists]]


@contextlib.contextmanager
def relater(store: Store, jobs: int, expected: Collection[str]) -> Iterator[Relate]:
    """Call what is yielded at most once, in the block, and what it returns for the result.

    Raises Lost where the cache has lost some terms, WorkerDied where a process was killed. `expected` are the keys of
    readings that it will probably be asked for, if it will be: libraries and what is held of them are then loaded.
    """
    if is_alone(jobs):

        def here(asked: Asked) -> Lists:
            found, memory = _relate(store, asked, {}, jobs)
            store.save_answer(MEMORY, encode(memory))
            workers.give_back()
            return found

        yield lambda asked: cache(lambda: here(asked))
        return
    with ExitStack() as stack:
        begun = stack.enter_context(_begun(store, jobs, expected)) if expected else None
        yield lambda asked: (begun or stack.enter_context(_begun(store, jobs, ())))(asked)


@contextlib.contextmanager
def _begun(store: Store, jobs: int, expected: Collection[str]) -> Iterator[Relate]:
    receiver, sender = multiprocessing.Pipe(duplex=False)
    known: list[PreviousLists] = []

    def work() -> Lists:
        sender.close()  # else it would wait for ever, should the other process die
        import mujaz.related  # noqa: F401

        held = dict(store.terms(expected, Terms)) if expected else {}
        if receiver.recv_bytes() != READY:
            return {}
        paper.seek(0)
        found, memory = _relate(store, decode(Asked, paper.read()), held, jobs)
        known.append(memory)
        return found

    def remember() -> None:
        for memory in known:
            store.try_to_save_answer(MEMORY, encode(memory))

    # The question is longer than a pipe holds: who asks would wait until it is read.
    with (
        TemporaryFile(dir=store.path.parent) as paper,
        receiver,
        sender,
        workers.beside(work, jobs, then=remember) as result,
    ):
        asked = False

        def ask(what: Asked) -> Callable[[], Lists]:
            nonlocal asked
            asked = True
            paper.write(encode(what))
            paper.flush()
            with contextlib.suppress(BrokenPipeError):  # asked for its result, it tells how that process died
                sender.send_bytes(READY)
            return result

        try:
            yield ask
        finally:
            if not asked:
                with contextlib.suppress(BrokenPipeError):
                    sender.send_bytes(NOTHING)


def _relate(store: Store, asked: Asked, held: Mapping[str, Terms], jobs: int) -> tuple[Lists, PreviousLists]:
    from mujaz.related import renew

    return renew(_question(store, asked, held), _remembered(store.answer(MEMORY)), jobs=jobs)


def related_lists(
    relate: Relate, shelf: Shelf, assembly: Assembly, kept: Mapping[str, Kept], keys: Mapping[str, str], store: Store
) -> tuple[Callable[[], Lists], bool]:
    """What gives the lists of all that is published, none where the site has problems; and whether they are known."""
    if not shelf.published or assembly.problems:
        return dict, True
    mark = _mark(shelf, assembly, kept)
    known = _known(store, mark)
    if known is not None:
        return lambda: known, True
    result = relate(_asked(shelf, assembly, keys))

    def lists() -> Lists:
        found = result()
        store.save_answer(ANSWER, encode((mark, found)))
        return found

    return lists, False


def _remembered(raw: bytes | None) -> PreviousLists | None:
    from mujaz.renewal import PreviousLists

    try:
        return decode(PreviousLists, raw) if raw else None
    except ValueError:
        return None


def _by_id(shelf: Shelf) -> list[Article]:
    return sorted(shelf.published, key=lambda article: article.id)


def _known(store: Store, mark: str) -> Lists | None:
    """The kept lists, if they answer just this."""
    raw = store.answer(ANSWER)
    try:
        before, found = decode(tuple[str, dict[str, tuple[str, ...]]], raw) if raw else ("", {})
    except ValueError:
        return None
    return found if before == mark else None


def _mark(shelf: Shelf, assembly: Assembly, kept: Mapping[str, Kept]) -> str:
    """A digest of all that the lists are made from; the store forgets them where the code or a library is another."""
    shown = _by_id(shelf)
    return digest(
        assembly.config.related,
        "\n".join([article.id for article in shown]),
        "\n".join([article.section for article in shown]),
        array("d", [article.published.timestamp() for article in shown]).tobytes(),
        "\n".join([kept[article.source].terms for article in shown]),
        {name: tuple(ids) for name, ids in assembly.pins.items()},
        {name: tuple(sorted(ids)) for name, ids in assembly.excluded.items()},
    )


def _asked(shelf: Shelf, assembly: Assembly, keys: Mapping[str, str]) -> Asked:
    articles = _by_id(shelf)
    return Asked(
        ids=[article.id for article in articles],
        keys=[keys[article.source] for article in articles],
        days=[article.published.timestamp() / 86400 for article in articles],
        sections=[article.section for article in articles],
        settings=assembly.config.related,
        pins={name: tuple(ids) for name, ids in assembly.pins.items()},
        excluded={name: tuple(ids) for name, ids in assembly.excluded.items()},
    )


def _question(store: Store, asked: Asked, held: Mapping[str, Terms]) -> Question:
    """`held` is what is known of the terms already."""
    from mujaz.related import Question

    terms = {**held, **dict(store.terms([key for key in asked.keys if key not in held], Terms))}
    try:
        in_order = [terms[key] for key in asked.keys]
    except KeyError as error:
        raise Lost(str(error)) from error
    return Question(
        ids=asked.ids,
        days=asked.days,
        terms=in_order,
        sections=asked.sections,
        settings=asked.settings,
        pins=asked.pins,
        excluded=asked.excluded,
    )


def question(shelf: Shelf, assembly: Assembly, keys: Mapping[str, str], store: Store) -> Question:
    """What the lists of all that is published are made from. Raises Lost where the cache has lost some terms."""
    return _question(store, _asked(shelf, assembly, keys), {})
