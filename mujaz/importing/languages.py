"""In which language an article comes, which are one story in several languages, and how Hugo writes either."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mujaz.frozen import Value, replace
from mujaz.importing.incoming import Incoming
from mujaz.importing.kept_back import yes
from mujaz.messages.message import say
from mujaz.model.names import LANGUAGE

# By these a suffix is known where the settings name no language: none is a word that a name may end with (`how.to.md`).
LIKELY = frozenset("ar ckb de en es fa fr ja ko ku pt ru sw tr ur zh".split())
_SUFFIXED = re.compile(r"(?P<stem>.+)\.(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})")


def foreign(language: str, own: str) -> str:
    """The language of an article; "" where it is the site's own, of whatever country."""
    return "" if language.lower().partition("-")[0] in ("", own.lower().partition("-")[0]) else language


def coded(story: Incoming) -> Incoming:
    """The story; a language that is no code is told and left open."""
    if not story.language or LANGUAGE.fullmatch(story.language):
        return story
    told = say("import-language-unknown", language=story.language[:100])
    return replace(story, language="", lost=(*story.lost, told))


def of_address(address: str) -> str:
    """The language that an address names, as WPML writes it: `/en/2021/…`, `?lang=en`; "" where it names none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    said = dict(parse_qsl(parts.query)).get("lang") or parts.path.lstrip("/").partition("/")[0]
    return said if said.lower().partition("-")[0] in LIKELY and LANGUAGE.fullmatch(said) else ""


def originals(stories: Iterable[tuple[Incoming, str]], own: str) -> dict[str, str]:
    """Of stories and their ids: the id of each translation → that of its original, which is in the site's own language
    where there is one. A language has one translation.
    """
    works: dict[str, list[tuple[str, str]]] = {}
    for story, id in stories:
        if story.work:
            works.setdefault(story.work, []).append((foreign(story.language, own).lower(), id))
    found: dict[str, str] = {}
    for versions in works.values():
        (language, original), *others = sorted(versions, key=lambda version: version[0] != "")
        seen = {language}
        for language, id in others:
            if language not in seen:
                seen.add(language)
                found[id] = original
    return found


class Languages(Value):
    """`known` are the languages of the settings by their small keys: how each is written, and whether it is off.

    `default` is that of a file which says none, "" where the settings leave it open; `home` that of addresses which
    say none.
    """

    known: Mapping[str, Mapping[str, Any]]
    default: str
    home: str
    off: frozenset[str]
    prefixed: bool  # whether the addresses of the default language have it too

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Languages:
        """From settings by small keys."""
        given = settings.get("languages")
        known = {
            str(key).lower(): {str(name).lower(): one for name, one in value.items()}
            for key, value in (given.items() if isinstance(given, dict) else ())
            if isinstance(value, dict)
        }
        default = str(settings.get("defaultcontentlanguage") or "").lower()
        if len(known) > 1 and default not in known:
            default = "en" if "en" in known else min(known, key=lambda key: _weight(known[key]))
        disabled = settings.get("disablelanguages")
        off = {str(one).lower() for one in disabled} if isinstance(disabled, list | tuple) else set()
        off |= {key for key, value in known.items() if yes(value.get("disabled"))}
        return cls(
            known=known,
            default=default if len(known) > 1 else "",
            home=default or next(iter(known), "en"),
            off=frozenset(off),
            prefixed=settings.get("defaultcontentlanguageinsubdir") is True,
        )

    def folders(self, site: Path, settings: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
        """Where its content lies, and in which language; "" for what holds files of all."""
        own = {key: below(site, value.get("contentdir")) for key, value in self.known.items()}
        shared = below(site, settings.get("contentdir")) or below(site, "content")
        if shared or not any(own.values()):
            yield shared or site, ""
        yield from ((folder, key) for key, folder in own.items() if folder)

    def parted(self, stem: str) -> tuple[str, str]:
        """A file's name without its language, and the language; "" where it says none."""
        found = _SUFFIXED.fullmatch(stem)
        language = found["language"].lower() if found else ""
        return (found["stem"], language) if found and self._means(language) else (stem, "")

    def _means(self, suffix: str) -> bool:
        return suffix in self.known if len(self.known) > 1 else suffix in self.known.keys() | LIKELY

    def written(self, key: str) -> str:
        """The language of a key, as an article here has it."""
        value = self.known.get(key, {})
        names = (key, str(value.get("languagecode") or ""), str(value.get("locale") or ""))
        return next((name for name in names if LANGUAGE.fullmatch(name)), key)

    def prefix(self, key: str) -> str:
        """What the addresses of a language begin with: "" or `/en`."""
        if not key or key in self.off or "baseurl" in self.known.get(key, {}):
            return ""
        return f"/{key}" if self.prefixed or key != self.home else ""


def _weight(value: Mapping[str, Any]) -> float:
    weight = value.get("weight")
    return weight if isinstance(weight, int | float) and weight else float("inf")


def below(site: Path, name: Any) -> Path | None:
    """A folder of the site that the settings name."""
    if not isinstance(name, str) or not name or PurePosixPath(name).is_absolute():
        return None
    try:
        folder = Path(os.path.realpath(site / name))
        return site / name if folder.is_dir() and folder.is_relative_to(os.path.realpath(site)) else None
    except (OSError, ValueError):
        return None
