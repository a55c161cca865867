"""A browser's part of the desk without a browser: pages are fetched, their forms filled and sent."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import lxml.html

from tests.support.cli_process import PATIENCE

Pairs = list[tuple[str, str]]
File = tuple[str, str, bytes]  # name of the field, of the file, its bytes


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def page(self) -> Any:
        return lxml.html.fromstring(self.text)

    @property
    def words(self) -> str:
        return " ".join(self.page.text_content().split())

    @property
    def address(self) -> str:
        return self.headers.get("location", "")


def path_of(address: str) -> str:
    """The article that an address of the desk is about."""
    from urllib.parse import parse_qs

    return parse_qs(urlsplit(address).query)["path"][0]


def wait_for_build(root: Path) -> None:
    """Until the site at `root` is built for the first time: a busy machine may take longer than a save waits."""
    end = time.monotonic() + PATIENCE
    while not (root / ".mujaz/serve/output/index.html").exists():
        assert time.monotonic() < end, "no build came to its end"
        time.sleep(0.05)


def form_of(page: Any, action: str) -> Pairs:
    """What a browser would send of the form, with the line ends that it sends."""
    found = [form for form in page.forms if form.get("action") == action]
    assert len(found) == 1, (action, " ".join(page.text_content().split()))
    form = found[0]
    pairs: Pairs = []
    for control in form.xpath(".//input | .//textarea | .//select"):
        name, kind = control.get("name"), control.get("type", "")
        if not name or kind == "file" or (kind in ("checkbox", "radio") and control.get("checked") is None):
            continue
        if control.tag == "select":
            chosen = control.xpath("./option[@selected]") or control.xpath("./option")[:1]
            value = chosen[0].get("value")
        elif control.tag == "textarea":
            value = (control.text or "").removeprefix("\n")
        else:
            value = control.get("value", "on")
        pairs.append((name, value.replace("\n", "\r\n")))
    return pairs


def with_values(pairs: Pairs, new: Mapping[str, str | Sequence[str]]) -> Pairs:
    kept = [(name, value) for name, value in pairs if name not in new]
    for name, value in new.items():
        kept += [(name, one) for one in ([value] if isinstance(value, str) else value)]
    return kept


@dataclass
class Client:
    """Asks one desk as a browser does; `cookies` are held."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.url.rstrip("/")

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str | None) -> Answer:
        parts = urlsplit(self.url)
        sent = {"Host": parts.netloc, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if method == "POST":
            sent["Origin"] = self.origin
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}  # type: ignore[misc]
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=180)
        given = {name: value for name, value in sent.items() if value}
        connection.putrequest(method, path, skip_host=True)
        for name, value in {"Content-Length": str(len(body)), **given}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("set-cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, pairs: Pairs, files: Sequence[File] = (), **headers: str | None) -> Answer:
        if not files:
            kind = "application/x-www-form-urlencoded"
            return self.ask("POST", path, urlencode(pairs).encode(), **{"Content_Type": kind, **headers})
        mark = secrets.token_hex(8)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in pairs
        ]
        for name, file, data in files:
            head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: image/jpeg'
            parts.append(f"--{mark}\r\n{head}\r\n\r\n".encode() + data + b"\r\n")
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        return self.ask("POST", path, body, **{"Content_Type": f"multipart/form-data; boundary={mark}", **headers})

    def edit(self, name: str) -> Any:
        """The page with the form of an article."""
        return self.get(f"/edit?path={quote(name)}").page

    def save(self, name: str, files: Sequence[File] = (), **new: str | Sequence[str]) -> Answer:
        """Open the form of an article, change these controls (`__` stands for a dot) and send it."""
        values = {key.replace("__", "."): value for key, value in new.items()}
        return self.post("/edit", with_values(form_of(self.edit(name), "/edit"), values), files)

    def do(self, action: str, name: str, **new: str) -> Answer:
        """A button that asks something: open its page, fill it, send it."""
        pairs = form_of(self.get(f"/do/{action}?path={quote(name)}").page, f"/do/{action}")
        return self.post(f"/do/{action}", with_values(pairs, new))
