"""Finds the related stories of a site with `mujaz.related.find_related`, in a background process, and caches them.

Where nothing that the lists depend on has changed, the cached ones are used. Otherwise the state of the last search
makes the next one faster (`mujaz.related.incremental`).
"""

from __future__ import annotations

import contextlib
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from mujaz import workers
from mujaz.build.read import Content
from mujaz.cache.store import Lost, Store, encode
from mujaz.model.content import Article
from mujaz.model.fingerprint import digest
from mujaz.related.terms import Terms
from mujaz.site.site import Site

if TYPE_CHECKING:
    from mujaz.related.find_related import RelatedInput  # loads scipy, 0.25 s

Lists: TypeAlias = dict[str, tuple[str, ...]]  # id → the ids to show under it
LISTS = "related stories"
PREVIOUS = "related stories: pools"


class RelatedLists:
    """The related stories of one site; `result` waits for them."""

    def __init__(
        self,
        store: Store,
        key: str,
        known: Lists | None,
        finding: workers.Background[tuple[Lists, bytes]] | None,
    ) -> None:
        """They are `known`, or `finding` finds them for this `key`."""
        self._store, self._key, self._known, self._finding = store, key, known, finding

    def result(self) -> Lists:
        """Return the lists. Raises Lost where the cache has lost some terms, WorkerDied where a process was killed."""
        if self._known is None:
            self._known = {}
            if self._finding is not None:
                self._known, previous = self._finding.result()
                self._store.put_encoded(PREVIOUS, previous)
                self._store.put(LISTS, (self._key, self._known))
        return self._known


@contextlib.contextmanager
def relate_in_background(site: Site, content: Content, store: Store, jobs: int) -> Iterator[RelatedLists]:
    """Find the related stories of all that `site` publishes while the block runs.

    With one job or no fork this process finds them, when it asks for them.
    """
    key = _key(site, content)
    known = store.get(LISTS, tuple[str, Lists])
    if known is not None and known[0] == key:
        yield RelatedLists(store, key, known[1], None)
    elif not site.selection.published:
        yield RelatedLists(store, key, {}, None)
    else:
        with workers.background(lambda: _find(site, content, store, jobs), jobs) as finding:
            yield RelatedLists(store, key, None, finding)


def _find(site: Site, content: Content, store: Store, jobs: int) -> tuple[Lists, bytes]:
    """Return the lists, and what the next build knows of them, encoded: it is large, and only the store wants it."""
    from mujaz.related.find_related import renew
    from mujaz.related.incremental import PreviousLists

    lists, previous = renew(related_input(site, content, store), store.get(PREVIOUS, PreviousLists), jobs=jobs)
    raw = encode(previous, PREVIOUS)
    workers.give_back()
    return lists, raw


def _by_id(site: Site) -> list[Article]:
    return sorted(site.selection.published, key=lambda article: article.id)


def _key(site: Site, content: Content) -> str:
    """Digest all that the lists depend on. The store empties itself when the code or a library changes."""
    shown = _by_id(site)
    return digest(
        site.config.related,
        "\n".join([article.id for article in shown]),
        "\n".join([article.section for article in shown]),
        array("d", [article.published.timestamp() for article in shown]).tobytes(),
        "\n".join([content.readings[article.source].terms for article in shown]),
        {name: tuple(ids) for name, ids in site.pins.items()},
        {name: tuple(sorted(ids)) for name, ids in site.excluded.items()},
    )


def related_input(site: Site, content: Content, store: Store) -> RelatedInput:
    """Collect all that the lists are made from. Raises Lost where the cache has lost some terms."""
    from mujaz.related.find_related import RelatedInput

    articles = _by_id(site)
    wanted = [content.keys[article.source] for article in articles]
    terms = dict(store.terms(wanted, Terms))
    try:
        in_order = [terms[key] for key in wanted]
    except KeyError as error:
        raise Lost(str(error)) from error
    return RelatedInput(
        ids=[article.id for article in articles],
        days=[article.published.timestamp() / 86400 for article in articles],
        terms=in_order,
        sections=[article.section for article in articles],
        settings=site.config.related,
        pins=site.pins,
        excluded=site.excluded,
    )
