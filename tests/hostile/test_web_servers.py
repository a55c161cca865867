"""What a web server may answer to `check --external` and `import`: it ends, fills and hides nothing."""

from __future__ import annotations

import contextlib
import itertools
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request

import pytest

from mujaz.check.external_links import SILENT, Verdict, ask
from mujaz.importing import feed, web
from mujaz.messages.errors import UsageError

NOW = datetime(2021, 12, 1, tzinfo=UTC)
GOOD, GONE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n"
MOVED = b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\nLocation: "
Answer = Callable[[socket.socket, str, str], None]  # of a line, a method and a path


@contextlib.contextmanager
def server(answer: Answer) -> Iterator[tuple[str, list[str]]]:
    """Its address, and what it was asked: `GET /x`."""
    asked: list[str] = []

    def serve(line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                head += line.recv(65_536)
            method, path = head.decode().split()[:2]
            asked.append(f"{method} {path}")
            answer(line, method, path)

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(home.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as home:
        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{home.getsockname()[1]}", asked
        home.shutdown(socket.SHUT_RDWR)


def verdicts(answer: Answer, folder: Path, *names: str) -> list[Verdict]:
    with server(answer) as (url, _):
        found = ask([f"{url}/{name}" for name in names], folder / "seen.json", NOW, pause=0, timeout=5)
        return [found[f"{url}/{name}"] for name in names]


def with_robots(robots: bytes) -> Answer:
    """A site of which /gone is not there."""

    def answer(line: socket.socket, method: str, path: str) -> None:
        line.sendall(robots if path == "/robots.txt" else GONE if path == "/gone" else GOOD)

    return answer


TEXT, CHUNKED = b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ROBOTS = {
    "a delay that is no number of Python's": TEXT + "User-agent: *\nCrawl-delay: ²\n".encode(),
    "a rate that is none": TEXT + "User-agent: *\nRequest-rate: ²/³\n".encode(),
    "a delay of many digits": TEXT + b"User-agent: *\nCrawl-delay: " + b"9" * 5_000 + b"\n",
    "a path that is no address": TEXT + b"User-agent: *\nDisallow: http://[\n",
    "a chunk of less than nothing": CHUNKED + b"-5\r\nabc\r\n",
    "moved to no address": MOVED + b"http://[\r\n\r\n",
    "moved to no port": MOVED + b"http://127.0.0.1:" + b"9" * 20 + b"/\r\n\r\n",
    "moved to no name": MOVED + b"http://" + b"a" * 70 + b".example/\r\n\r\n",
}


@pytest.mark.parametrize("robots", ROBOTS.values(), ids=ROBOTS)
def test_robots_that_cannot_be_read_hide_no_dead_link(robots: bytes, tmp_path: Path) -> None:
    found = verdicts(with_robots(robots), tmp_path, "a", "gone", "z")
    assert [(one.status, one.forbidden) for one in found] == [(200, False), (404, False), (200, False)]


def test_the_other_rules_of_such_robots_still_hold(tmp_path: Path) -> None:
    rules = "User-agent: *\nCrawl-delay: ²\nDisallow: http://[\nDisallow: /gone # لا\n\nUser-agent: x\nDisallow: /\n"
    found = verdicts(with_robots(TEXT + rules.encode()), tmp_path, "a", "gone")
    assert [one.forbidden for one in found] == [False, True]


@pytest.mark.parametrize(
    "place", [b"http://[::1/", b"http://127.0.0.1:" + b"9" * 20 + b"/", b"http://" + b"a" * 70 + b".example/"]
)
def test_a_link_that_leads_to_no_address_is_told_and_ends_nothing(place: bytes, tmp_path: Path) -> None:
    def answer(line: socket.socket, method: str, path: str) -> None:
        line.sendall(MOVED + place + b"\r\n\r\n" if path == "/moved" else GOOD)

    moved, good = verdicts(answer, tmp_path, "moved", "z")
    assert not moved.good and moved.reason and not moved.malformed and good.status == 200
    with server(answer) as (url, _), pytest.raises(UsageError, match="cannot be read"):
        feed.fetch(f"{url}/moved", patience=5)


ENDLESS = {
    "a redirect": b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\n\r\n",
    "a redirect that names a length": b"HTTP/1.1 302 Found\r\nContent-Length: 9000000000000\r\nLocation: /x\r\n\r\n",
    "a chunk of less than nothing": CHUNKED + b"-1\r\n",
}


@pytest.mark.parametrize("head", ENDLESS.values(), ids=ENDLESS)
def test_a_body_without_an_end_fills_no_memory(head: bytes, tmp_path: Path) -> None:
    def answer(line: socket.socket, method: str, path: str) -> None:
        if method == "HEAD":
            line.sendall(GONE if path == "/elsewhere" else b"HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n")
            return
        line.sendall(head)
        for _ in range(40 if path == "/robots.txt" else 100):  # megabytes
            line.sendall(bytes(1_000_000))

    tracemalloc.start()
    try:
        assert len(verdicts(answer, tmp_path, "a")) == 1
        with server(answer) as (url, _), contextlib.suppress(UsageError):
            feed.fetch(f"{url}/feed", patience=20)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # a feed may have 20 MB, and the server of this test holds one
    assert peak < 90_000_000, f"{peak:,}"


def test_a_host_that_never_answers_is_not_waited_for_again_and_again(tmp_path: Path) -> None:
    def answer(line: socket.socket, method: str, path: str) -> None:
        if path == "/robots.txt":
            line.sendall(GONE)
        else:
            time.sleep(3)

    with server(answer) as (url, asked):
        names = [f"{url}/{number}" for number in range(50)]
        found = ask(names, tmp_path / "seen.json", NOW, pause=0, timeout=0.2)
    assert len(asked) == 1 + SILENT
    assert {one.reason for one in found.values()} == {"takes-too-long"} and len(found) == 50


def test_another_name_or_port_of_a_user_makes_no_second_host(tmp_path: Path) -> None:
    """Each host is asked by one visitor at a time, whatever stands before it or after it."""
    moments: list[float] = []

    def answer(line: socket.socket, method: str, path: str) -> None:
        if path != "/robots.txt":
            moments.append(time.monotonic())
        line.sendall(GOOD)

    with server(answer) as (url, _):
        host = url.removeprefix("http://")
        ask([f"http://{user}@{host}/x" for user in "abcd"], tmp_path / "seen.json", NOW, pause=0.2, timeout=5)
    assert all(later - before > 0.15 for before, later in itertools.pairwise(moments))


@pytest.mark.parametrize("encoding", ["undefined", "utf-8\0"])
def test_a_feed_in_no_encoding_is_told(encoding: str) -> None:
    body = b"<rss version='2.0'><channel><title>x</title></channel></rss>"

    def answer(line: socket.socket, method: str, path: str) -> None:
        line.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset={encoding}\r\n\r\n".encode() + body)

    with server(answer) as (url, _), pytest.raises(UsageError, match="is no feed"):
        feed.read(f"{url}/feed")


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ("http://[2001:db8::1]:81/a", "http://[2001:db8::1]:81/a"),
        ("https://موقع.example/نص?س=1", "https://xn--4gbrim.example/%D9%86%D8%B5?%D8%B3=1"),
        ("http://%D9%85%D9%88%D9%82%D8%B9.example/", "http://xn--4gbrim.example/"),
        ("http://user:word@a.example/", "http://a.example/"),
    ],
)
def test_an_address_in_any_letters_is_sent_in_ascii_also_where_one_leads_to_it(written: str, sent: str) -> None:
    assert web.encoded(written) == sent
    led = web.WebRedirects().redirect_request(Request("http://b.example/"), None, 301, "", {}, written)
    assert led is not None and led.full_url == sent
    with pytest.raises(UsageError) as caught:  # nothing listens there
        feed.fetch("http://موقع.localhost:9/نص", patience=1)
    assert "codec" not in str(caught.value)
