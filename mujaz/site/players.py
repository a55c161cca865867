"""Film and sound in texts: what a file beside the article brings with it under its own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from mujaz.messages.message import say
from mujaz.model.content import File, PlayerReference, Reference
from mujaz.model.names import FILMS, LANGUAGE, POSTERS, RECORDINGS, language_code, small_ending
from mujaz.model.players import Player, Track
from mujaz.site.links import Resolver

KINDS = frozenset(RECORDINGS)
CAPTIONS = re.compile(r"(?:\.([^./]+))?\.vtt")


def recording(resolver: Resolver, source: str, reference: PlayerReference, *, warning: bool = False) -> File | None:
    """The file of film or sound that the text in the file `source` names; None, with a problem, where there is none."""
    found = resolver.file_named(source, unquote(reference.src))
    file = resolver.files.get(found) if found else None
    at = Reference(target=reference.src, place=reference.place)
    if file is None:
        help = resolver.offers.path(source, unquote(reference.src), KINDS) or say("put-recording-in-content")
        resolver.report(source, at, say("no-such-recording", file=reference.src), help, warning)
    elif file.problem:
        text = say("recording-wrong", file=reference.src, why=file.problem)
        resolver.report(source, at, text, say("export-recording"), warning)
        return None
    return file


def elsewhere(reference: PlayerReference) -> Player:
    """The card of a page at a provider."""
    return Player(
        kind=reference.kind,
        url=reference.src,
        title=reference.title,
        caption=reference.caption,
        credit=reference.credit,
        provider=reference.provider,
        frame=reference.frame,
    )


def of_file(
    reference: PlayerReference, file: File, source: str, resolver: Resolver, language: str,
    poster: Callable[[str], str], *, warning: bool = False,
) -> Player:  # fmt: skip
    """The player of a file below content/ in the text in the file `source`, with the poster and captions of its name.

    `poster` publishes a picture and gives its url. Captions without a language in their name are in `language`.
    """
    stem, _, ending = small_ending(file.path).rpartition(".")
    kind = "video" if ending in FILMS else "audio"
    posters = [resolver.beside_films.get(f"{stem}.{end}", "") for end in POSTERS] if kind == "video" else []
    found = next(filter(None, posters), "")
    return Player(
        kind=kind,
        url=resolver.published(file),
        title=reference.title,
        caption=reference.caption,
        credit=reference.credit,
        type=RECORDINGS[ending],
        size=file.size,
        seconds=file.seconds,
        width=file.width,
        height=file.height,
        poster=poster(found) if found else "",
        tracks=tuple(
            Track(url=resolver.published(resolver.files[path]), lang=lang)
            for path, lang in _captions(stem, reference, source, resolver, language)
            if _are_captions(resolver.files[path], reference, source, resolver, warning)
        ),
    )


def _captions(
    stem: str, reference: PlayerReference, source: str, resolver: Resolver, language: str
) -> Iterator[tuple[str, str]]:
    """(path, language) of captions, one of each language; a warning for each other one."""
    first: dict[str, str] = {}
    for name, lang in captions(stem, resolver.beside_films, language):
        path = resolver.beside_films[name]
        if (other := first.setdefault(lang, path)) == path:
            yield path, lang
        else:
            at = Reference(target=path, place=reference.place)
            text = say("captions-twice", file=path, language=lang, other=other)
            resolver.report(source, at, text, say("keep-one"), True)


def _are_captions(file: File, reference: PlayerReference, source: str, resolver: Resolver, warning: bool) -> bool:
    """Whether a browser can read the captions; a problem of the text in the file `source` where it cannot."""
    if file.problem:
        at = Reference(target=file.path, place=reference.place)
        text = say("recording-wrong", file=file.path, why=file.problem)
        resolver.report(source, at, text, say("save-as-webvtt"), warning)
    return file.problem is None


def captions(stem: str, known: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """(name, language) of each of the `known` captions `stem.vtt` or `stem.en.vtt`, that which names none first."""
    for name in sorted((one for one in known if one.startswith(f"{stem}.")), key=len):
        if (found := CAPTIONS.fullmatch(name[len(stem) :])) and (found[1] is None or LANGUAGE.fullmatch(found[1])):
            yield name, language_code(found[1]) if found[1] else language
