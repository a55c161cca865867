"""HTML tables: with bars where Markdown can express them, as HTML where it cannot, as lines within a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from mujaz.importing import escape
from mujaz.importing.html import Node
from mujaz.importing.notes import NOTE, without_notes
from mujaz.markdown_body.parser import to_html

CELLS = ("td", "th")
MOST_COLUMNS = 50


class Converter(Protocol):
    """Converts the contents of cells."""

    def blocks(self, children: Sequence[Node | str], *, top: bool) -> list[str]: ...
    def line(self, children: Sequence[Node | str], *, between: str) -> str: ...


def table(converter: Converter, node: Node, *, top: bool) -> list[str]:
    """A table as blocks of Markdown or HTML; `top`: outside lists and quotes."""
    rows = list(_rows(node))
    made: list[str] = []
    for caption in node.children:
        if isinstance(caption, Node) and caption.tag == "caption":
            made += converter.blocks(caption.children, top=top)
    # A line break within a link would end the row.
    cells = [[converter.line(cell.children, between="<br>").replace("\n", " ") for cell in row] for row in rows]
    if not any(without_notes(cell).strip() for row in cells for cell in row):
        return [*made, *([notes] if (notes := "".join(cell for row in cells for cell in row).strip()) else [])]
    if not top or max(len(row) for row in cells) > MOST_COLUMNS:
        flat = (" \\| ".join(cell for cell in row if cell) for row in cells)
        return [*made, *("\n".join(map(escape.line_start, line.split("\n"))) for line in flat if line.strip())]
    width = len(rows[0])
    even = width > 1 and all(len(row) == width for row in rows)
    spans = any(cell.get("colspan") or cell.get("rowspan") for row in rows for cell in row)
    if even and not spans and all(cell.tag == "th" for cell in rows[0]):
        lines = [" | ".join(("", *row, "")).strip() for row in cells]
        return [*made, "\n".join((lines[0], "|---" * width + "|", *lines[1:]))]
    return [*made, _as_html(rows, cells)]


def _rows(node: Node) -> Iterator[list[Node]]:
    for child in node.children:
        if isinstance(child, Node):
            if child.tag == "tr":
                row = [cell for cell in child.children if isinstance(cell, Node) and cell.tag in CELLS]
                if row:
                    yield row
            elif child.tag in ("thead", "tbody", "tfoot"):
                yield from _rows(child)


def _as_html(rows: Sequence[Sequence[Node]], cells: Sequence[Sequence[str]]) -> str:
    """The rows as HTML. Markdown is not parsed within them, so the cells are HTML too."""
    lines = ["<table>"]
    for row, texts in zip(rows, cells, strict=True):
        made = []
        for cell, text in zip(row, texts, strict=True):
            spans = "".join(
                f' {key}="{cell.get(key)}"'
                for key in ("colspan", "rowspan")
                if re.fullmatch("[0-9]{1,3}", cell.get(key))
            )
            made.append(f"<{cell.tag}{spans}>{_cell(text)}</{cell.tag}>")
        lines.append(f"<tr>{''.join(made)}</tr>")
    return "\n".join((*lines, "</table>"))


def _cell(line: str) -> str:
    made = to_html(escape.line_start(without_notes(line)))
    return made.removeprefix("<p>").removesuffix("</p>").replace("\n", " ") + "".join(
        found[0] for found in NOTE.finditer(line)
    )
