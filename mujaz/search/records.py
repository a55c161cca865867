"""A story as the search sees it, and the words that are indexed of it."""

from __future__ import annotations

from mujaz.arabic.normalize import search_fold
from mujaz.frozen import Value

NOBODYS = "ꙮ"  # a letter that no reader types, and that no prefix of a word begins with


class Record(Value):
    """A story as it is searched. `body` is the digest of its body, which is looked up when it is indexed."""

    id: str
    url: str
    title: str
    summary: str  # empty where it was taken from the body
    body: str
    more: tuple[str, ...]  # found but not shown: tags, authors, the story file
    section: str  # key
    section_name: str
    date: str  # in words
    iso: str
    label: str = ""  # as it is shown
    lang: str = ""
    dir: str = ""


def section_word(key: str) -> str:
    """The word by which the stories of a section are found."""
    return f"{NOBODYS}{key.replace('-', NOBODYS)}{NOBODYS}"


def folded_words(text: str) -> tuple[list[str], list[str]]:
    """The words of `text` between blanks, as written and folded: as many of the one as of the other."""
    written = text.split()
    folded = search_fold("\n".join(written)).split("\n") if written else []  # no folding joins or parts lines
    return written, ["".join(word.split()) or "–" for word in folded]


class Bundle(Value):
    """A year's bundle: the key of its files among the artifacts, and the name and digest of each.

    A bundle is `stale` where its year's stories changed since it was made.
    """

    year: int
    key: str
    files: tuple[tuple[str, str], ...]
    stale: bool = False
