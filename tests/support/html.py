"""A built page, read as a browser reads it: its elements, its words, its addresses."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import html5lib
from html5lib.constants import DataLossWarning

SILENT = ("script", "style", "template")
SPOKEN = ("alt", "title", "aria-label", "aria-description", "placeholder")  # attributes that a reader sees or hears


class Html:
    """One page. Parsed by the rules of HTML, so that what is misnested is seen as a browser sees it."""

    def __init__(self, text: str) -> None:
        parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DataLossWarning)
            self.root: Any = parser.parse(text).getroot()
        self.mistakes = [f"{place}: {name}" for place, name, _ in parser.errors]

    def all(self, xpath: str) -> list[Any]:
        return list(self.root.xpath(xpath))

    def one(self, xpath: str) -> Any:
        found = self.all(xpath)
        assert len(found) == 1, f"{len(found)} of {xpath}"
        return found[0]

    def words(self, xpath: str) -> list[str]:
        """The text of each element, its white space as a reader sees it."""
        return [words_of(element) for element in self.all(xpath)]

    @cached_property
    def texts(self) -> list[tuple[Any, str]]:
        """Every text that the page shows, with the element that holds it; <title> included."""
        found = []
        for element in self.root.iter():
            if not isinstance(element.tag, str):
                continue
            parent = element.getparent()
            if element.tag not in SILENT and element.text and element.text.strip():
                found.append((element, element.text.strip()))
            if parent is not None and element.tail and element.tail.strip():
                found.append((parent, element.tail.strip()))
        return found

    def spoken(self) -> Iterator[tuple[Any, str]]:
        """Every attribute that is read out or shown."""
        for element in self.root.iter():
            if isinstance(element.tag, str):
                yield from ((element, element.get(name)) for name in SPOKEN if element.get(name))


def words_of(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def is_below(element: Any, *tests: str) -> bool:
    """True where the element or one around it (but not <html>) answers one of the XPath tests."""
    around = [element, *element.iterancestors()]
    return any(one.tag != "html" and one.xpath(f"boolean(self::*[{test}])") for one in around for test in tests)
