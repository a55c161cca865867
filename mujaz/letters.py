"""An edition as a whole message (RFC 5322) with both twins: the same bytes for the same edition and moment."""

from __future__ import annotations

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape

from mujaz.fingerprint import digest
from mujaz.model import Config


def message(
    html: str, text: str, *, config: Config, name: str, moment: datetime, sender: str | None, recipient: str | None
) -> bytes:
    """`multipart/alternative` with CRLF, all ASCII. `name` is the edition's folder, `2021/10/18`."""
    letter = EmailMessage(policy=SMTP)
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    letter["Subject"] = " ".join(unescape(title[1]).split()) if title else config.title
    if sender:
        letter["From"] = sender
    if recipient:
        letter["To"] = recipient
    letter["Date"] = moment
    host = config.tag.partition(",")[0].rpartition("@")[2]
    letter["Message-ID"] = f"<{name.replace('/', '.')}.{digest(config.tag)[:8]}@{host}>"
    letter["Content-Language"] = config.language
    letter.set_content(text, charset="utf-8", cte="base64")
    letter.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    letter.set_boundary(f"=_{digest(html, text)[:32]}")  # the library's own is random
    return letter.as_bytes()
