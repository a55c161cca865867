"""The server of a site, asked without a connection."""

from __future__ import annotations

import asyncio
from pathlib import Path

from mujaz.serve.server import Live, Pages


def test_a_page_that_is_not_utf8_is_served_with_the_script(tmp_path: Path) -> None:
    """Such as an old page among the static files of a layout; it ended in a traceback."""
    page = "<p>مرحبا</p>".encode("cp1256")
    (tmp_path / "old.html").write_bytes(page + b"</body>")
    scope = {"type": "http", "method": "GET", "path": "/old.html", "root_path": "", "headers": []}
    answer = asyncio.run(Pages(tmp_path, "", Live()).get_response("old.html", scope))
    assert answer.status_code == 200 and bytes(answer.body).startswith(page + b"<script src=")


def test_who_has_left_hears_of_no_build() -> None:
    """The page in another window still listens."""

    async def heard() -> list[str]:
        live, inside = Live(), [True]
        parts = live.hear(lambda: inside[0])
        found = [await anext(parts)]
        live.tell({"version": "1"})
        found.append(await anext(parts))
        inside[0] = False
        live.tell({"version": "2"})
        live.tell(None)
        return [*found, *[part async for part in parts]]

    assert [part.partition("data: ")[2] for part in asyncio.run(heard())] == [
        '{"version": "0"}\n\n',
        '{"version": "1"}\n\n',
    ]
