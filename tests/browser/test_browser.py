"""What the tests' browser shows is the same on every machine."""

from __future__ import annotations

from typing import Any

import pytest

ASKED = ["serif", "sans-serif", "monospace", "system-ui"]
NAMES = ["DejaVu Serif", "Noto Serif", "Noto Naskh Arabic", "Liberation Sans", "Arial"]  # that a machine may have
OURS = "IBM Plex Sans Arabic"
WIDTH = """family => {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `40px ${family}`;
  return pen.measureText("Readers WMil 0123 خبر وصورة").width;
}"""
LOCAL = 'family => new FontFace("x", `local("${family}")`).load().then(() => true, () => false)'


@pytest.mark.browser
def test_a_page_sees_one_font_whatever_the_machine_has(chromium: Any) -> None:
    page = chromium.new_page()
    try:
        widths = {family: page.evaluate(WIDTH, family) for family in [*ASKED, *NAMES, OURS]}
        assert len(set(widths.values())) == 1, widths
        assert [family for family in NAMES if page.evaluate(LOCAL, family)] == []
    finally:
        page.close()
