"""Draws the pictures of docs/desk.md: the desk with the sample's stories, as Chromium shows it.

python -m tests.support.desk_pictures                 docs/desk/*.png
python -m tests.support.desk_pictures --all FOLDER    every page, at 360 and 1280 pixels, light and dark
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image

from tests.support.browser import started
from tests.support.cli_process import served
from tests.support.sites import REPOSITORY, article

PICTURES = REPOSITORY / "docs" / "desk"
PATIENCE = 300_000  # milliseconds: the first page waits for the first build
COLOURS = 48  # of a picture: a page has few, and its file is a third of what it was
STORY = "content/2021/11/us-borders/index.md"
ABOUT, AUTHOR = "content/pages/about.md", "content/authors/ليلى-الحسن.md"
GONE, WRONG = "content/2021/11/gone.md", "content/2021/11/wrong.md"
TEXTS = {
    GONE: article("خبر مسحوب", date="2021-11-07 10:00", withdrawn="لم يصح."),
    WRONG: article("خبر في رأسه خطآن", section="sprot", weight="كثير", body="![](رصيف.jpg)"),
}
SETTINGS = {"cards: true": "cards: false", "search: true": "search: false", "[480, 960, 1440]": "[480]"}
# Name → address, size of the window, scheme.
SHOTS = {
    "list": ("/", (1280, 860), "light"),
    "form": (f"/edit?path={STORY}", (1280, 900), "light"),
    "pages": ("/pages", (1280, 860), "dark"),
    "phone": (f"/edit?path={STORY}", (360, 780), "dark"),
}
EVERY = {
    "list": "/",
    "found": f"/?q={quote('كأس')}&state=published",
    "new": "/new",
    "form": f"/edit?path={STORY}",
    "text": f"/edit?path={STORY}&text=1",
    "pages": "/pages",
    "new-author": "/pages/new/author",
    "about": f"/edit?path={ABOUT}",
    "author": f"/edit?path={quote(AUTHOR)}",
    "publish": f"/do/publish?path={STORY}",
    "hold": f"/do/hold?path={STORY}",
    "withdraw": f"/do/withdraw?path={STORY}",
    "versions": f"/versions?path={STORY}",
    "git": "/git",
    "nothing": "/nothing",
    "wrong": f"/edit?path={WRONG}",
    "wrong-list": "/",
}


@contextmanager
def desk() -> Iterator[tuple[Any, str, Path]]:
    """A browser, the address of a desk with the sample's stories, and their folder."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        shutil.copytree(REPOSITORY / "content", root / "content")
        config = (REPOSITORY / "config.yaml").read_text(encoding="utf-8")
        for old, new in SETTINGS.items():
            config = config.replace(old, new)
        (root / "config.yaml").write_text(config, encoding="utf-8")
        (root / GONE).write_text(TEXTS[GONE], encoding="utf-8")
        with served(root, "desk") as server, started(Path(folder)) as browser:
            yield browser, server.url.rstrip("/"), root


def shot(browser: Any, url: str, size: tuple[int, int], scheme: str, *, whole: bool = False) -> bytes:
    """A PNG of few colours."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    page.set_default_timeout(PATIENCE)
    page.goto(url, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    if whole:
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    made = Image.open(io.BytesIO(page.screenshot(full_page=whole)))
    page.close()
    file = io.BytesIO()
    made.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def every(browser: Any, url: str, root: Path, folder: Path) -> None:
    """All pages, those with mistakes last: no build is good any more then."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, address in EVERY.items():
        if name == "wrong":
            (root / WRONG).write_text(TEXTS[WRONG], encoding="utf-8")
            time.sleep(5)
        for width, scheme in product((360, 1280), ("light", "dark")):
            made = shot(browser, url + address, (width, 800), scheme, whole=True)
            (folder / f"{name}-{width}-{scheme}.png").write_bytes(made)


def main(words: list[str]) -> None:
    with desk() as (browser, url, root):
        if words[:1] == ["--all"]:
            every(browser, url, root, Path(words[1]))
            return
        for name, (address, size, scheme) in SHOTS.items():
            (PICTURES / f"{name}.png").write_bytes(shot(browser, url + address, size, scheme))


if __name__ == "__main__":
    main(sys.argv[1:])
