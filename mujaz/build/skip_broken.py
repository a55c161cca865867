"""`build --skip-broken`: a site without the files that have errors, so that one mistake does not stop the others.

A broken file that is new since the last finished build is left out. An older one is shown as that build read it, from
the cache. So the output is that of a cold build with the old versions of the broken files (law 1). Nothing that was
published disappears: where that is impossible, the build stops as without the option.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from mujaz.build.read import CachedReading, Content, reading_key
from mujaz.build.report import Skipped
from mujaz.cache.store import Store
from mujaz.content.scan import Found
from mujaz.frozen import Value, replace
from mujaz.messages.errors import Problem, SiteError
from mujaz.messages.message import say
from mujaz.model.content import Source


def without_broken(
    content: Content, skipped: Skipped, problems: Iterable[Problem], store: Store
) -> tuple[Content, Skipped]:
    """The content without the files that have errors in `problems`, and `skipped` with these files.

    Raises SiteError with all problems where a file can neither be left out nor shown as it was.
    """
    errors = [problem for problem in problems if not problem.warning]
    broken = {path for problem in errors for path in _culprits(problem, content)}
    everything = (*skipped.problems, *problems)
    if not content.sources:
        raise SiteError([*everything, Problem(path=errors[0].path, message=say("skip-needs-a-build"))])
    if not broken <= content.readings.keys() or not broken.isdisjoint(skipped.as_before):
        raise SiteError(everything)
    before = {path: _as_before(path, content, store) for path in broken & content.sources.keys()}
    if None in before.values():
        raise SiteError(everything)
    known = {path: one for path, one in before.items() if one is not None}
    return _replaced(content, broken, known), Skipped(
        left_out=tuple(sorted({*skipped.left_out, *broken} - known.keys())),
        as_before=tuple(sorted({*skipped.as_before, *known})),
        problems=(*skipped.problems, *errors),
    )


def _culprits(problem: Problem, content: Content) -> set[str]:
    """The files that cause a problem: of two with one address those that changed since the last finished build."""
    if problem.path in content.readings:
        return {problem.path}
    both = {str(value) for key, value in problem.message.args if key in ("one", "other")}
    digests = {source.path: source.digest for source in content.found.articles if source.path in both}
    changed = {path for path, digest in digests.items() if content.sources.get(path, ("", ""))[1] != digest}
    return changed or {problem.path}


class _Before(Value):
    source: Source
    key: str
    reading: CachedReading


def _as_before(path: str, content: Content, store: Store) -> _Before | None:
    """The file as the last finished build read it; None where the cache lacks it, or the options were others."""
    stamp, digest = content.sources[path]
    source = Source(path=path, stamp=stamp, digest=digest)
    key = reading_key(source, content.about)
    reading = dict(store.readings([key], CachedReading)).get(key)
    return _Before(source=source, key=key, reading=reading) if reading else None


def _replaced(content: Content, broken: Set[str], before: dict[str, _Before]) -> Content:
    articles = [before[s.path].source if s.path in before else s for s in content.found.articles]
    left = tuple(source for source in articles if source.path in before or source.path not in broken)
    keys = {path: key for path, key in content.keys.items() if path not in broken}
    readings = {path: one for path, one in content.readings.items() if path not in broken}
    keys |= {path: one.key for path, one in before.items()}
    readings |= {path: one.reading for path, one in before.items()}
    found = Found(articles=left, others=content.found.others, problems=content.found.problems)
    return replace(content, found=found, keys=dict(sorted(keys.items())), readings=dict(sorted(readings.items())))
