"""Opens web addresses. One deadline holds for a whole response, including redirects."""

from __future__ import annotations

import http.client
import io
import socket
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit


class Deadline:
    """A time after which no read waits any longer."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


def opener(deadline: Deadline, *handlers: Any) -> urllib.request.OpenerDirector:
    """An opener for http and https addresses that follows redirects to such, at most ten as in urllib."""
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _Plain(deadline),
        _Secure(deadline),
        urllib.request.HTTPErrorProcessor(),
        *(handlers or (WebRedirects(),)),
    ):
        made.add_handler(handler)
    return made


class WebRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to web addresses only."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise urllib.error.HTTPError(newurl, code, "leads to something that is no web page", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Timed(io.RawIOBase):
    """A response of a server; each read must end before the deadline."""

    def __init__(self, line: Any, raw: Any, deadline: Deadline) -> None:
        self._line, self._raw, self._deadline = line, raw, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._line.settimeout(self._deadline.left())
        read: int | None = self._raw.readinto(buffer)
        return read

    def close(self) -> None:
        self._raw.close()
        super().close()


def _connection(base: type[Any], deadline: Deadline) -> Any:
    """A subclass of `base` whose connections keep the deadline."""

    class Answer(http.client.HTTPResponse):
        def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            raw = self.fp.detach()
            self.fp = io.BufferedReader(_Timed(sock, raw, deadline))

    class Connection(base):  # type: ignore[misc]
        response_class = Answer

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self._create_connection = connected

        def connect(self) -> None:
            self.timeout = deadline.left()
            super().connect()
            self.sock.settimeout(deadline.left())

    def connected(address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
        """Connect to the first address of a host that responds, all within the deadline."""
        failed: OSError = TimeoutError("timed out")
        for family, kind, protocol, _, place in socket.getaddrinfo(*address, 0, socket.SOCK_STREAM):
            line = socket.socket(family, kind, protocol)
            try:
                line.settimeout(deadline.left())
                line.connect(place)
                return line
            except OSError as error:
                line.close()
                failed = error
        raise failed

    return Connection


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self.connection = _connection(http.client.HTTPConnection, deadline)

    def http_open(self, req: Any) -> Any:
        return self.do_open(self.connection, req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, deadline: Deadline) -> None:
        super().__init__()
        self.connection = _connection(http.client.HTTPSConnection, deadline)

    def https_open(self, req: Any) -> Any:
        return self.do_open(self.connection, req)
