"""Opens web addresses. One deadline and one size hold for a whole response, including redirects.

What a server answers is not trusted: it may never end, name a length that no memory holds, or lead to no address.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit


class Limits:
    """A time after which no read waits any longer, and how many bytes one response may have with its headers."""

    def __init__(self, seconds: float, size: int) -> None:
        self._end = time.monotonic() + seconds
        self.size = size

    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


def ask(request: urllib.request.Request, limits: Limits, *handlers: Any) -> Any:
    """The response to a request for an http or https address, after redirects to such, at most ten as in urllib.

    Raises OSError, or HTTPException where what comes is no response, or leads to what is no address.
    """
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Plain(limits),
        _Secure(limits),
        urllib.request.HTTPErrorProcessor(),
        *(handlers or (WebRedirects(),)),
    ):
        made.add_handler(handler)
    try:
        return made.open(request)
    except (ValueError, OverflowError) as error:  # a host or a port that is none, in the library's own words
        raise http.client.InvalidURL(str(error)) from None


class WebRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        fp.close()  # the library reads the body of a redirect to its end, whatever length it names
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.HTTPError(newurl, code, "leads to something that is no web page", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, encoded(newurl))


def encoded(url: str) -> str:
    """The address in ASCII, as it is sent, without its user. Raises ValueError for an invalid one."""
    parts = urlsplit(url)
    name = parts.hostname or ""
    if not (said := unquote(name)).isascii():  # in a redirect it is percent-encoded
        name = said
    host = name.encode("idna").decode("ascii")
    if not host:
        raise ValueError("it has no host")
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port else ""
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme.lower(), host + port, path, quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"), ""))


class _Limited(io.RawIOBase):
    """A response of a server; each read must end before the deadline, and all of them within the size."""

    def __init__(self, line: Any, raw: Any, limits: Limits) -> None:
        self._line, self._raw, self._limits, self._left = line, raw, limits, limits.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._line.settimeout(self._limits.left())
        read: int | None = self._raw.readinto(buffer)
        self._left -= read or 0
        if self._left < 0:
            raise OSError(f"the response is larger than {self._limits.size} bytes")
        return read

    def close(self) -> None:
        self._raw.close()
        super().close()


def _connection(base: type[Any], limits: Limits) -> Any:
    """A subclass of `base` whose connections keep the limits."""

    class Answer(http.client.HTTPResponse):
        def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            raw = self.fp.detach()
            self.fp = io.BufferedReader(_Limited(sock, raw, limits))

    class Connection(base):  # type: ignore[misc]
        response_class = Answer

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._create_connection = connected

        def connect(self) -> None:
            self.timeout = limits.left()
            super().connect()
            self.sock.settimeout(limits.left())

    def connected(address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
        """Connect to the first address of a host that responds, all within the deadline."""
        failed: OSError = TimeoutError("timed out")
        for family, kind, protocol, _, place in socket.getaddrinfo(*address, 0, socket.SOCK_STREAM):
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(limits.left())
                line.connect(place)
                return line
            except OSError as error:
                line.close()
                failed = error
        raise failed

    return Connection


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.connection = _connection(http.client.HTTPConnection, limits)

    def http_open(self, req: Any) -> Any:
        return self.do_open(self.connection, req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.connection = _connection(http.client.HTTPSConnection, limits)

    def https_open(self, req: Any) -> Any:
        return self.do_open(self.connection, req)
