"""Film and sound in texts: what a file beside the article brings with it under its own name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import unquote

from mujaz.messages.message import say
from mujaz.model.content import File, PlayerReference, Reference
from mujaz.model.names import FILMS, LANGUAGE, POSTERS, RECORDINGS, ending_of, language_code
from mujaz.model.players import Player, Track
from mujaz.site.links import Resolver

CAPTIONS = re.compile(r"(?:\.([^./]+))?\.vtt")


def recording(resolver: Resolver, source: str, reference: PlayerReference, *, warning: bool = False) -> File | None:
    """The file of film or sound that the text in the file `source` names; None, with a problem, where there is none."""
    found = resolver.file_named(source, unquote(reference.src))
    file = resolver.files.get(found) if found else None
    at = Reference(target=reference.src, place=reference.place)
    if file is None:
        known = [path for path in resolver.files if ending_of(path) in RECORDINGS]
        help = resolver.near(source, unquote(reference.src), known) or say("put-recording-in-content")
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
    poster: Callable[[str], str],
) -> Player:  # fmt: skip
    """The player of a file below content/ in the text in the file `source`, with the poster and captions of its name.

    `poster` publishes a picture and gives its url. Captions without a language in their name are in `language`.
    """
    files = resolver.files
    stem, _, ending = file.path.rpartition(".")
    kind = "video" if ending.lower() in FILMS else "audio"
    found = next((name for end in POSTERS if (name := f"{stem}.{end}") in files), "") if kind == "video" else ""
    return Player(
        kind=kind,
        url=resolver.published(file),
        title=reference.title,
        caption=reference.caption,
        credit=reference.credit,
        type=RECORDINGS[ending.lower()],
        size=file.size,
        seconds=file.seconds,
        width=file.width,
        height=file.height,
        poster=poster(found) if found else "",
        tracks=tuple(
            Track(url=resolver.published(files[path]), lang=lang)
            for path, lang in captions(stem, resolver.captions, language)
            if _are_captions(files[path], reference, source, resolver)
        ),
    )


def _are_captions(file: File, reference: PlayerReference, source: str, resolver: Resolver) -> bool:
    """Whether a browser can read the captions; a problem of the text in the file `source` where it cannot."""
    if file.problem:
        at = Reference(target=file.path, place=reference.place)
        text = say("recording-wrong", file=file.path, why=file.problem)
        resolver.report(source, at, text, say("save-as-webvtt"), False)
    return file.problem is None


def captions(stem: str, known: Iterable[str], language: str) -> Iterator[tuple[str, str]]:
    """(path, language) of each of the `known` captions `stem.vtt` or `stem.en.vtt`.

    A language has one, that which names none first.
    """
    seen: set[str] = set()
    named = sorted((path for path in known if path.startswith(f"{stem}.")), key=len)
    for path in named:
        if (name := CAPTIONS.fullmatch(path[len(stem) :])) and (name[1] is None or LANGUAGE.fullmatch(name[1])):
            lang = language_code(name[1]) if name[1] else language
            if lang not in seen:
                seen.add(lang)
                yield path, lang
