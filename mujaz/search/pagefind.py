"""A year's stories to the files of a search bundle: what Pagefind makes of them and a reader needs.

Words are indexed as `arabic.search_fold` writes them, since the search page folds what is asked for in the same way;
fragments, which are shown, carry the words as they were written. Both are cut at the same blanks, so that a word found
in one is the word of that number in the other. Filters are left out: with them Pagefind's bytes differ from run to run.
A section is a word of its own that no text has.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mujaz.model.fingerprint import digest
from mujaz.search.records import NOBODYS, Record, folded_words, section_word

MADE_BY = (("search/pagefind", "arabic/normalize"), ("pagefind_bin",))  # modules and libraries that shape the bytes
# Sorted answers have their place as a score, and a score of 0 tells no year from another: this one takes it.
_FIRST = {"url": "0", "content": NOBODYS, "meta": {"title": ""}, "sort": {"date": "0"}}
ENGINE = "pagefind.js"  # the one file that all years have in common
_SIGNATURE = b"pagefind_dcd"  # before the content of each of Pagefind's files


def index(records: Sequence[tuple[Record, str]], language: str) -> dict[str, bytes]:
    """The bundle of records with the texts of their bodies, by file name. The same bytes each time."""
    asked = [_asked(record, text, language) for record, text in records]
    shown = {question["url"]: (record, text) for question, (record, text) in zip(asked, records, strict=True)}
    found: dict[str, bytes] = {}
    for name, raw in _pagefind([{**_FIRST, "language": language}, *asked], language):
        if name.startswith("fragment/"):
            fragment = json.loads(zlib.decompress(raw, 31)[len(_SIGNATURE) :])
            if fragment["url"] in shown:
                found[name] = _fragment(fragment, *shown[fragment["url"]])
        elif name == ENGINE or name.startswith(("index/", "pagefind.", "pagefind-entry.", "wasm.")):
            found[name] = raw
    wasm = json.loads(found["pagefind-entry.json"])["languages"][language]["wasm"] or "unknown"
    return {name: raw for name, raw in found.items() if not name.startswith("wasm.") or name.split(".")[1] == wasm}


def _asked(record: Record, text: str, language: str) -> dict[str, Any]:
    """What Pagefind gets: a name that changes with all that is shown, for a fragment is cached by its name."""
    words = [folded_words(part)[1] for part in (record.title, record.summary, text, " · ".join(record.more))]
    return {
        "url": f"{record.id}.{digest(record)}",
        "content": " ".join([*(word for part in words for word in part), section_word(record.section)]),
        "language": language,
        "meta": {"title": " ".join(words[0])},  # Pagefind gives more weight to a word of the title
        "sort": {"date": record.iso},
    }


def _fragment(fragment: dict[str, Any], record: Record, text: str) -> bytes:
    parts = [part.split() for part in (record.title, record.summary, text)]
    fragment["url"] = record.url
    fragment["content"] = " ".join(word for part in parts for word in part)
    fragment["meta"] = {
        "title": str(len(parts[0])),  # how many words of the content are the title, then the summary
        "summary": str(len(parts[1])),
        **{key: getattr(record, key) for key in ("id", "section_name", "date", "iso", "label", "lang", "dir")},
    }
    plain = json.dumps(fragment, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    packed = zlib.compress(_SIGNATURE + plain, 9, wbits=31)  # a gzip header, without a name or a time
    return packed[:9] + b"\xff" + packed[10:]  # nor the system that it was made on


# ---------------------------------------------------------------- the program


def _pagefind(records: Iterable[Mapping[str, Any]], language: str) -> list[tuple[str, bytes]]:
    """(name, content) of the files that the program makes.

    Its Python package asks it one question each tenth of a second, so it is asked here: JSON in base64, a comma after
    each message, an answer to each question.
    """
    from pagefind_bin import get_executable  # type: ignore[import-untyped]

    with subprocess.Popen(
        [str(get_executable()), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as program:
        try:
            _ask(program, {"type": "NewIndex", "config": {"force_language": language}})
            for record in records:
                _ask(program, {"type": "AddRecord", "index_id": 0, **record})
            files = _ask(program, {"type": "GetFiles", "index_id": 0})["files"]
        except BaseException:
            program.kill()
            raise
    return [(file["path"], base64.b64decode(file["content"])) for file in files]


def _ask(program: subprocess.Popen[bytes], question: Mapping[str, Any]) -> dict[str, Any]:
    assert program.stdin and program.stdout
    message = json.dumps({"message_id": 1, "payload": question})
    program.stdin.write(base64.b64encode(message.encode()) + b",")
    program.stdin.flush()
    parts: list[bytes] = []
    while not parts or not parts[-1].endswith(b","):
        parts.append(os.read(program.stdout.fileno(), 1 << 20))
        if not parts[-1]:
            raise OSError("the search indexer (pagefind) ended before it answered")
    answer: dict[str, Any] = json.loads(base64.b64decode(b"".join(parts)[:-1]))["payload"]
    if answer["type"] == "Error":
        raise OSError(f"the search indexer (pagefind) says: {answer['message']}")
    return answer
