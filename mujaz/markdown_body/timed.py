"""The timed entries of a live story: each heading `## 14:05 العنوان` of its body begins one.

The mark is a heading, as desks write it anyway: any other program that reads Markdown shows it as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mujaz.arabic.normalize import digits
from mujaz.arabic.typography import cut_at_word
from mujaz.frozen import Struct
from mujaz.markdown_body.placeholders import HOLE
from mujaz.markdown_body.references import Ids, Places
from mujaz.messages.message import say
from mujaz.model.content import Entry, Place

LONGEST = 300  # characters of an entry's text where it stands without the entry, in data for search engines
# A day, where it is not the story's, a time, perhaps a mark, then the title. `\d` is a digit of Arabic and Persian too.
# From one time to another is no time: «10:30-12:00».
_TIME = re.compile(
    r"\s*(?:(\d{4}-\d{1,2}-\d{1,2})\s+)?(\d{1,2}:\d\d)(?![\d:.٫]*\d|\s*[-–—]\s*\d{1,2}:\d\d)(?:\s*[-–—|:](?=\s|$))?\s*"
)
# The half of the day behind a time, in Arabic, Persian and English: «4:30 م», «12:10 ص».
_HALF = re.compile(
    r"\s*(?:(?P<later>م|مساء\u064b?|(?:ظهر|عصر)(?:ا\u064b?|\u064bا)|ب\.ظ\.?|pm|p\.m\.)|ص|صباح(?:ا\u064b?|\u064bا)|am|a\.m\.)"
    r"(?=[\s:–—-]|\Z)",
    re.I,
)
_LOCAL = "%Y-%m-%d %H:%M"


def _of_another_hour(heading: str, time: re.Match[str]) -> str:
    """The half of the day that `heading` says behind its time, where a clock of 24 hours shows it as another time."""
    half = _HALF.match(heading[time.end(2) :])
    hour = int(time[2].partition(":")[0])
    return half[0].strip() if half and (0 < hour < 12 if half["later"] else hour == 12) else ""


class Timed(Struct):
    """An entry while its body is walked through. `texts` is which of the body's blocks is its first."""

    local: str  # 2021-10-18 14:05
    dated: bool
    place: Place
    texts: int
    own_id: str = ""
    title: str = ""


@dataclass(slots=True)
class Coverage:
    """What a walk through a body has met of a live story. `day` is the story's, empty where it is not live."""

    day: str
    places: Places
    entries: list[Timed] = field(default_factory=list)
    in_title: bool = False  # of the last entry
    points: str = ""  # the key points: empty, then open, then closed

    def begin(self, heading: str, texts: int) -> tuple[str, str]:
        """(the hole of the entry that a heading begins, its title); no hole where it begins none.

        `texts` is how many blocks of text stand before it.
        """
        found = _TIME.match(heading)
        if found is None:
            return "", heading
        place = self.places.of(found[0].strip())
        if half := _of_another_hour(heading, found):
            told = say("no-such-entry-time", time=f"{found[2]} {half}")
            self.places.problem(told, say("hours-and-minutes"), place)
            return "", heading
        written = f"{digits(found[1], 'western') if found[1] else self.day} {digits(found[2], 'western')}"
        try:
            local = datetime.strptime(written, _LOCAL).isoformat(" ", "minutes")
        except ValueError:
            self.places.problem(say("no-such-entry-time", time=found[0].strip()), say("hours-and-minutes"), place)
            return "", heading
        self.in_title = True
        self.entries.append(Timed(local=local, dated=bool(found[1]), place=place, texts=texts))
        return f"{HOLE}N{len(self.entries) - 1}{HOLE}", heading[found.end() :]

    def titled(self, title: str) -> str:
        """The hole where the title of the last entry ends."""
        self.in_title = False
        self.entries[-1].title = title
        return f"{HOLE}N{HOLE}"

    def before(self, name: str, depth: int) -> str:
        """What stands before an element: the first list above the entries is the key points."""
        if not self.day or name != "ul" or depth != 1 or self.entries or self.points:
            return ""
        self.points = "open"
        return f'<div class="points"><h2>{HOLE}T:key_points{HOLE}</h2>'

    def after(self, depth: int) -> str:
        """What stands behind an element; `depth` is how many are still open."""
        if self.points != "open" or depth:
            return ""
        self.points = "closed"
        return "</div>"

    def finished(self, texts: Sequence[str], ids: Ids) -> tuple[Entry, ...]:
        """The entries, the oldest first, whichever way round they are written. `texts` are the body's blocks.

        An anchor is made of the time, so that it stays when a title is edited: `h-14-05`, and on another day than the
        story's `h-10-19-00-10`. Of several in a minute the older one keeps it.
        """
        numbered = list(enumerate(self.entries))
        if numbered and self.entries[0].local > self.entries[-1].local:  # written with the newest on top
            numbered.reverse()
        made = []
        for number, one in sorted(numbered, key=lambda pair: pair[1].local):
            day, _, clock = one.local.partition(" ")
            name = (clock if day == self.day else f"{day[5:]}-{clock}").replace(":", "-")
            ident = (ids.own(one.own_id) if one.own_id else "") or ids.heading(name)
            ids.also(one.title, ident)
            end = self.entries[number + 1].texts if number + 1 < len(self.entries) else len(texts)
            made.append(
                Entry(
                    number=number,
                    id=ident,
                    local=one.local,
                    title=one.title,
                    text=cut_at_word(" ".join(texts[one.texts + bool(one.title) : end]), LONGEST),
                    place=one.place,
                    dated=one.dated,
                )
            )
        return tuple(made)
