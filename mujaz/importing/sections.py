"""Which section of ours another system's sections are."""

from __future__ import annotations

from collections.abc import Mapping

from mujaz.arabic.slugs import address_key
from mujaz.frozen import Value
from mujaz.importing.html import plain
from mujaz.importing.incoming import Incoming
from mujaz.model.settings import Config


class Sections(Value):
    """`known` are the keys of ours by the names that mean them; `default` is that of all others."""

    known: Mapping[str, str]
    default: str | None

    @classmethod
    def of(cls, config: Config, mapped: Mapping[str, str], default: str | None) -> Sections:
        ours = {address_key(name): one.key for one in config.sections for name in (one.key, one.name)}
        return cls(known=ours | dict(mapped), default=default)

    def named(self, written: str) -> str | None:
        """The section that another system's name means."""
        return self.known.get(address_key(plain(written))) or self.known.get(address_key(written))

    def section(self, story: Incoming) -> str | None:
        return next(filter(None, map(self.named, story.sections)), self.default)

    def others(self, story: Incoming, section: str) -> list[str]:
        """The categories that the article stood in beside the one that became its section."""
        if len(story.categories) == 1 and self.named(story.categories[0]) is None:
            return []  # it became the default one
        return [plain(name) for name in story.categories if self.named(name) != section]
