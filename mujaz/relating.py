"""The pipeline's step that relates stories: what is asked of `mujaz.related`, where, and the last answer, kept.

Planning needs no related story, only rendering does. So they are computed in a process of their own while the site is
planned; and not at all where nothing that they are made from has moved. What is known of the last answer lets the next
one be found sooner (`mujaz.renewal`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from mujaz import workers
from mujaz.fingerprint import digest
from mujaz.intake import Kept
from mujaz.model import Article
from mujaz.site import Assembly, Shelf
from mujaz.store import Lost, Store, decode, encode
from mujaz.terms import Terms

if TYPE_CHECKING:
    from mujaz.related import Question  # loads scipy, 0.25 s
    from mujaz.renewal import Memory

Lists: TypeAlias = Mapping[str, tuple[str, ...]]
ANSWER = "related stories"
MEMORY = "related stories: pools"


@contextlib.contextmanager
def related_lists(
    shelf: Shelf, assembly: Assembly, kept: Mapping[str, Kept], keys: Mapping[str, str], store: Store, jobs: int
) -> Iterator[tuple[Callable[[], Lists], bool]]:
    """What is yielded gives the lists of all that is published, none where the site has problems; call it in the block.

    The other value tells whether they are known already. Raises Lost where the cache has lost some terms, WorkerDied
    where a process was killed.
    """
    if not shelf.published or assembly.problems:
        yield dict, True
        return
    asked = _asked(shelf, assembly, kept)
    known = _known(store, asked)
    if known is not None:
        yield lambda: known, True
        return

    memory = store.answer(MEMORY)

    def work() -> tuple[Lists, bytes]:
        from mujaz.related import renew

        found, after = renew(question(shelf, assembly, keys, store), _remembered(memory), jobs=jobs)
        return found, encode(after)

    with workers.beside(work, jobs) as result:

        def lists() -> Lists:
            found, after = result()
            store.save_answer(ANSWER, encode((asked, found)))
            store.save_answer(MEMORY, after)
            return found

        yield lists, False


def _remembered(raw: bytes | None) -> Memory | None:
    from mujaz.renewal import Memory

    try:
        return decode(Memory, raw) if raw else None
    except ValueError:
        return None


def _by_id(shelf: Shelf) -> list[Article]:
    return sorted(shelf.published, key=lambda article: article.id)


def _known(store: Store, asked: str) -> Lists | None:
    """The kept lists, if they answer just this."""
    raw = store.answer(ANSWER)
    try:
        before, found = decode(tuple[str, dict[str, tuple[str, ...]]], raw) if raw else ("", {})
    except ValueError:
        return None
    return found if before == asked else None


def _asked(shelf: Shelf, assembly: Assembly, kept: Mapping[str, Kept]) -> str:
    """A digest of all that the lists are made from; the store forgets them where the code or a library is another."""
    shown = _by_id(shelf)
    return digest(
        assembly.config.related,
        tuple(article.id for article in shown),
        tuple(article.section for article in shown),
        tuple(article.published.isoformat() for article in shown),
        tuple(kept[article.source].terms for article in shown),
        {name: tuple(ids) for name, ids in assembly.pins.items()},
        {name: tuple(sorted(ids)) for name, ids in assembly.excluded.items()},
    )


def question(shelf: Shelf, assembly: Assembly, keys: Mapping[str, str], store: Store) -> Question:
    """What the lists of all that is published are made from. Raises Lost where the cache has lost some terms."""
    from mujaz.related import Question

    articles = _by_id(shelf)
    terms = dict(store.terms([keys[article.source] for article in articles], Terms))
    try:
        in_order = [terms[keys[article.source]] for article in articles]
    except KeyError as error:
        raise Lost(str(error)) from error
    return Question(
        ids=[article.id for article in articles],
        days=[article.published.timestamp() / 86400 for article in articles],
        terms=in_order,
        sections=[article.section for article in articles],
        settings=assembly.config.related,
        pins=assembly.pins,
        excluded=assembly.excluded,
    )
