"""Maps the sections of other systems to ours."""

from __future__ import annotations

from collections.abc import Mapping

from mujaz.arabic.slugs import address_key
from mujaz.frozen import Value
from mujaz.importing.html import plain
from mujaz.importing.incoming import Incoming
from mujaz.model.settings import Config


class Sections(Value):
    """The mapping: `known` is name → key of our section; all other names get the key `default`."""

    known: Mapping[str, str]
    default: str | None

    @classmethod
    def of(cls, config: Config, mapped: Mapping[str, str], default: str | None) -> Sections:
        ours = {address_key(name): one.key for one in config.sections for name in (one.key, one.name)}
        return cls(known=ours | dict(mapped), default=default)

    def named(self, written: str) -> str | None:
        """The key of our section for another system's name; None if unknown."""
        return self.known.get(address_key(plain(written))) or self.known.get(address_key(written))

    def section(self, story: Incoming) -> str | None:
        return next(filter(None, map(self.named, story.sections)), self.default)

    def others(self, story: Incoming, section: str) -> list[str]:
        """The categories of the article except the one that became its section."""
        if len(story.categories) == 1 and self.named(story.categories[0]) is None:
            return []  # the section is the default one
        return [plain(name) for name in story.categories if self.named(name) != section]
