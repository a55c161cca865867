"""An edition's e-mail made ready for mail programs: styles inlined, or plain lines of one width.

Many mail programs drop `<style>`, so every rule stands on its element; only `@media` rules, which cannot, stay behind
for those that read them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import quote
from html import unescape

from mujaz.arabic.isolates import isolated_set_numbers, numbers
from mujaz.model.fingerprint import digest
from mujaz.model.settings import Config

# What RFC 5322 calls an addr-spec, without quotes and comments: names that every server takes.
ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]++(?:\.[\w!#$%&'*+/=?^`{|}~-]++)*+@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)*+", re.ASCII
)
LONGEST_ADDRESS = 254  # bytes (RFC 5321)
PLAIN = 60  # characters that a header line holds as they are
WIDTH = 72  # columns of the plain text (RFC 3676 asks for less than 78)
RLM = "\u200f"
_BLANKS = re.compile(r"[ \t]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def finished(raw: bytes, path: str, *, rtl: bool) -> bytes:
    """What the layout gave, as it is sent: HTML for a path that ends in `.html`, else plain text."""
    text = raw.decode()
    return (inlined(text) if path.endswith(".html") else plain(text, rtl=rtl)).encode()


def inlined(html: str) -> str:
    """The page with its `<style>` rules on the elements that they are for."""
    from css_inline import CSSInliner

    inliner = CSSInliner(minify_css=True, load_remote_stylesheets=False)
    return inliner.inline(html).rstrip("\n") + "\n"


def plain(text: str, *, rtl: bool) -> str:
    """Lines of at most `WIDTH` columns. One that would be read from the left gets a mark first, unless it is a link.

    Each line is a paragraph to a mail program, so what a line would turn round is isolated within it.
    """
    lines = []
    for line in map(numbers, text.splitlines()) if rtl else text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        found = [indent + part for part in _wrapped(line, WIDTH - len(indent))]
        lines += [_seen_rightly(one) if rtl else one for one in found] or [""]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"


def _wrapped(line: str, width: int) -> list[str]:
    """Its words in lines of at most `width`; a longer word has one for itself. textwrap takes ten times as long."""
    lines: list[str] = []
    for word in filter(None, _BLANKS.split(line)):  # str.split would part what a no-break space holds together
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def _seen_rightly(line: str) -> str:
    if re.match(r"\s*https?://\S+$", line):
        return line
    return (RLM if _reads_from_the_left(line) else "") + isolated_set_numbers(line)


def _reads_from_the_left(line: str) -> bool:
    return (
        next((unicodedata.bidirectional(c) for c in line if unicodedata.bidirectional(c) in "L R AL".split()), "")
        == "L"
    )


def is_address(text: str) -> bool:
    """Whether `text` can stand in the From or the To of a message: one line with an address, or more."""
    try:
        return text.isprintable() and "=?" not in text and bool(_addresses(text))
    except Exception:  # the library's parser raises what comes: IndexError, ValueError
        return False


def _addresses(text: str) -> tuple[Address, ...]:
    """The addresses that `text` lists; none where it holds one that is wrong. Raises whatever the library does."""
    letter = EmailMessage(policy=SMTP)
    letter["To"] = text
    found: tuple[Address, ...] = letter["To"].addresses
    right = all(len(one.addr_spec) <= LONGEST_ADDRESS and ADDRESS.fullmatch(one.addr_spec) for one in found)
    return found if right and not letter["To"].defects else ()


def message(
    html: str, text: str, *, config: Config, name: str, moment: datetime, sender: str | None, recipient: str | None
) -> bytes:
    """`multipart/alternative` with CRLF, all ASCII. `name` is the edition's folder, `2021/10/18`.

    `sender` and `recipient` must be addresses (`is_address`).
    """
    letter = EmailMessage(policy=SMTP)
    title, closed, _ = html.partition("<title>")[2].partition("</title>")
    subject = " ".join(unescape(title).split()) if closed else config.title
    letter["Date"] = moment
    host = config.tag.partition(",")[0].rpartition("@")[2]
    letter["Message-ID"] = f"<{name.replace('/', '.')}.{digest(config.tag)[:8]}@{host}>"
    letter.set_content(text, charset="utf-8", cte="base64")
    letter.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    letter["Content-Language"] = config.language  # the contents take away what was set before
    letter.set_boundary(f"=_{digest(html, text)[:32]}")  # the library's own is random
    # The library would decode what looks encoded in a subject, and encode a comma between two Arabic names.
    head = [f"Subject: {_encoded(subject)}"]
    head += [f"{key}: {_list(one)}" for key, one in (("From", sender), ("To", recipient)) if one]
    return "".join(f"{line}\r\n" for line in head).encode() + letter.as_bytes()


def _list(text: str) -> str:
    """The addresses, a line each."""
    return ",\r\n ".join(
        f"{_encoded(one.display_name, quoted=True)} <{one.addr_spec}>" if one.display_name else one.addr_spec
        for one in _addresses(text)
    )


def _encoded(text: str, *, quoted: bool = False) -> str:
    """`text` as a header holds it, in lines of some 75 bytes; `quoted` as the name before an address."""
    if text.isascii() and len(text) <= PLAIN and "=?" not in text:
        return f'"{quote(text)}"' if quoted else text
    return Header(text, "utf-8", header_name="Subject").encode(linesep="\r\n")
