"""What an import says of a story that the site has: whose it may be, and what its archive has that is not here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from datetime import datetime

from mujaz.importing.addresses import alias_key, aliases, may_be_one
from mujaz.importing.incoming import Incoming
from mujaz.messages.message import Message, say
from mujaz.model.content import Article

Read = Callable[[str], datetime | None]
Told = Callable[[Incoming, str, Article, Set[str], Read], Iterator[Message]]


def of_one(story: Incoming, title: str, other: Article, here: Set[str], read: Read) -> Iterator[Message]:
    """Messages about a story that has the id of `other`. `here` are the keys of all addresses, `read` reads a date."""
    moment = read(story.date)
    if moment and is_another(title, other, moment):
        yield say("import-taken-for", title=title)
    else:
        yield from _renewed(story, other, here, read)


def at_address(story: Incoming, title: str, other: Article, here: Set[str], read: Read) -> Iterator[Message]:
    """Messages about a story that was taken for `other` by its address and its day alone."""
    if title != other.title:
        yield say("import-address-of", title=title)
    else:
        yield from _renewed(story, other, here, read)


def is_another(title: str, other: Article, moment: datetime) -> bool:
    """Whether neither its headline nor its day is that of `other`."""
    return title != other.title and moment.date() != other.published.astimezone(moment.tzinfo).date()


def is_twin(title: str, other: Article, moment: datetime) -> bool:
    """Whether both its headline and its day are those of `other`."""
    return title == other.title and moment.date() == other.published.astimezone(moment.tzinfo).date()


def _renewed(story: Incoming, other: Article, here: Set[str], read: Read) -> Iterator[Message]:
    """What changed in the old system since the story came: nothing of it is brought over what an editor has here."""
    is_feed = story.draft is not None and story.draft.id == "import-from-elsewhere"
    is_held = story.draft is not None and not is_feed
    if is_held and not other.draft and other.withdrawn is None:
        yield say("import-held-there")
    if story.draft is None and not story.scheduled and not story.expires and other.draft:
        yield say("import-open-there")
    updated = read(story.updated)
    if updated and updated.replace(microsecond=0) > max(other.published, other.updated or other.published):
        yield say("import-changed-there", date=f"{updated:%Y-%m-%d %H:%M}")
    if not is_held and not (is_feed and other.draft):
        for path in aliases(story):
            if alias_key(path) not in here and may_be_one(alias_key(path)):
                yield say("import-address-new", path=path)
