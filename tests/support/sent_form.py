"""What a browser sends when a form of the desk is left as it was shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mujaz.desk.form import CREDIT, PICTURE, Field

Pairs = list[tuple[str, str]]


class Form:
    """Pairs of a name and a value, asked as starlette's FormData is."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = list(pairs)

    def get(self, key: str, default: str | None = None) -> str | None:
        return next((value for name, value in reversed(self.pairs) if name == key), default)

    def getlist(self, key: str) -> list[str]:
        return [value for name, value in self.pairs if name == key]

    def __contains__(self, key: object) -> bool:
        return any(name == key for name, _ in self.pairs)


def untouched(fields: Mapping[str, Field]) -> Pairs:
    """The names and values of all controls, with the line ends that browsers send and empty rows below each list."""
    pairs: Pairs = []
    for key, field in fields.items():
        shown = field.shown
        if shown is None:
            continue
        pairs.append((f"{key}.here", "1"))
        if field.kind == "flag":
            pairs += [(key, "true")] if shown else []
        elif field.kind == "texts":
            pairs += [(key, text) for text in [*shown, "", ""]]
        elif field.kind in ("credits", "corrections"):
            names = CREDIT if field.kind == "credits" else ("day", "time", "text", "said")
            for row in [*shown, dict.fromkeys(names, "")]:
                pairs += [(f"{key}.{name}", row.get(name, "")) for name in names]
        elif isinstance(shown, dict):
            names = PICTURE if field.kind == "picture" else tuple(shown)
            pairs += [(f"{key}.{name}", shown[name]) for name in names]
        else:
            pairs.append((key, shown))
    return [(name, value.replace("\n", "\r\n")) for name, value in pairs]
