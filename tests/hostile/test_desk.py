"""Who must not get in at the desk, and what must not get through it: each try ends in a clear refusal."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from mujaz.desk.bundles import picture_name
from mujaz.desk.files import Files, Refused
from mujaz.model.names import file_name_trouble
from mujaz.serve.guard import LOGIN, TRIES, TRIES_OF_ALL, WINDOW_SECONDS, Door
from tests.support.cli_process import served
from tests.support.desk import Client, form_of, with_values
from tests.support.sites import Site, article
from tests.support.whole_site import FONTS, picture

MakeSite = Callable[..., Site]
A, PAGE = "content/a.md", "content/pages/about.md"
FILES = {
    **FONTS,
    A: article("خبر", id="a", slug="a"),
    PAGE: "---\ntitle: من نحن\n---\nصحيفة.\n",
    "content/x.html": "<script>",
    "secret.md": article("سر"),
}
SCRIPT = '"><script src=//evil.example/x.js></script><img src=x onerror=alert(1)>'


@pytest.fixture
def site(make_site: MakeSite) -> Site:
    return make_site(FILES)


@pytest.fixture
def desk(site: Site) -> Iterator[Client]:
    with served(site.root, "desk") as server:
        yield Client(server.url)


def content(site: Site) -> dict[str, bytes]:
    found = filter(Path.is_file, site.root.rglob("*.md"))  # a pipe would never end
    return {path.relative_to(site.root).as_posix(): path.read_bytes() for path in found}


def test_what_comes_from_elsewhere_is_refused_and_changes_nothing(site: Site, desk: Client) -> None:
    before = content(site)
    form = with_values(form_of(desk.edit(A), "/edit"), {"title": "مخترق"})
    bare = [pair for pair in form if pair[0] != "token"]
    host = urlsplit(desk.url).netloc
    for name in (
        "evil.example",
        f"evil.example:{host.partition(':')[2]}",
        "127.0.0.1.evil.example",
        "[::1]x",
        "192.168.0.9",
    ):
        refused = desk.get(f"/edit?path={A}", Host=name)
        assert refused.status == 400 and "خبر" not in refused.text
    for origin in (
        "https://evil.example",
        "null",
        None,
        f"https://{host}.evil.example",
        "http://localhost:1",
        "http://[",
    ):
        assert desk.post("/edit", form, Origin=origin).status == 403
    for place in ("cross-site", "same-site", "none"):
        assert desk.post("/edit", form, Sec_Fetch_Site=place).status == 403
    for token in ("", "x", "0" * 64):
        for path in ("/edit", "/new", "/pages/new/page", "/undo", "/do/publish", "/upload", "/language", "/leave"):
            assert desk.post(path, [*bare, ("token", token)]).status == 403
            assert desk.post(path, bare).status == 403
    assert desk.ask("PUT", "/edit").status == 403 and desk.ask("GET", "/undo").status == 405
    assert content(site) == before
    assert desk.post("/edit", form).status == 303  # what is refused is refused for its own reason


def test_no_path_leads_out_of_the_content(site: Site, desk: Client) -> None:
    outside = site.root.with_name("outside")
    outside.mkdir()
    (outside / "b.md").write_text(article("خارج"), encoding="utf-8")
    (site.root / "content/link.md").symlink_to(outside / "b.md")
    (site.root / "content/folder").symlink_to(outside)
    os.mkfifo(site.root / "content/pipe.md")
    token = dict(form_of(desk.edit(A), "/edit"))["token"]
    before = content(site)
    paths = (
        *("secret.md", "../secret.md", "content/../secret.md", "content/./a.md", "/etc/passwd", "content//a.md", ""),
        *("content/link.md", "content/folder/b.md", "content/pipe.md", "content/x.html", "config.yaml", "content"),
        *("content/a.md\0", "content\\a.md", "content/.hidden.md", "content/" + "ا" * 2000 + ".md", "content/a.md/"),
    )
    for path in paths:
        for ask in ("/edit?path=", "/versions?path=", "/picture?path=", "/do/publish?path="):
            found = desk.get(ask + quote(path))
            assert found.status in (403, 404), (ask, path)
            assert "خارج" not in found.text and "سر" not in found.text
        for send in ("/edit", "/undo", "/do/withdraw", "/upload"):
            sent = [("token", token), ("path", path), ("base", ""), ("text", "x"), ("body", "x")]
            files = [("picture", "../../x.png", picture())] if send == "/upload" else []
            assert desk.post(send, sent, files).status in (403, 404, 409), (send, path)
    for path in ("/static/../app.py", "/static/..%2fapp.py", "/%2e%2e/secret.md", "/static/desk.py"):
        assert desk.get(path).status == 404
    form = with_values(form_of(desk.get("/new").page, "/new"), {"title": "س"})
    for slug in ("../../x", "..", "a/b", "con", ".x"):
        assert desk.post("/new", with_values(form, {"slug": slug})).status == 400
        assert desk.post("/pages/new/page", with_values(form, {"slug": slug})).status == 400
    assert content(site) == before and (outside / "b.md").read_text(encoding="utf-8") == article("خارج")


def test_sizes_are_bounded_and_pictures_are_judged_as_in_a_build(site: Site, desk: Client) -> None:
    before = content(site)
    page = desk.edit(A)
    form, upload = form_of(page, "/edit"), form_of(page, "/upload")
    long = desk.post("/edit", with_values(form, {"body": "ا" * 600_000}), [("picture", "", b"")])  # over a megabyte
    assert long.status == 413 and "ا" * 600_000 in long.page.xpath("//textarea[@id='mine']")[0].text
    assert desk.post("/edit", with_values(form, {"body": "ا" * 1_100_000})).status == 413
    many = desk.post("/edit", [*form, *[("tags", "x")] * 5_000])
    assert many.status in (400, 413)
    huge = desk.ask("POST", "/upload", b"", Content_Length="100000000", Content_Type="multipart/form-data; boundary=x")
    assert huge.status == 413
    assert _sent_endlessly(desk) == 413
    bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00"
    for name, data in (
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("x.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("x.png", b"<html><script>alert(1)</script>"),
        ("x.jpg", picture()[:60]),
        ("x.png", bomb),
        ("x.php", b"<?php system('id');"),
    ):
        refused = desk.post("/upload", upload, [("picture", name, data)])
        assert refused.status == 400 and refused.page.xpath("string(//*[@role='alert'])"), name
    assert content(site) == before
    assert desk.post("/upload", upload, [("picture", "../../..\\é<x>.PNG", picture())]).status == 303
    assert [path.name for path in (site.root / "content/a").iterdir() if path.suffix != ".md"] == ["é-x.png"]


def test_no_words_of_a_request_end_in_a_traceback(site: Site, desk: Client) -> None:
    before = content(site)
    page = desk.edit(A)
    form = form_of(page, "/edit")
    for number in ("9" * 5_000, "--5", "-", "٣" * 5_000):
        assert desk.get(f"/versions?path={A}&number={quote(number)}").status in (200, 404)
        assert desk.post("/undo", with_values(form, {"number": number})).status in (400, 404)
    for language in ("ع;", "x\r\ny: z", "", "ar\0"):
        assert desk.post("/language", with_values(form, {"language": language})).status == 400
    for charset in ("unicode_escape", "punycode", "utf-7", "x"):
        kind = f"multipart/form-data; boundary=x; charset={charset}"
        sent = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n\\ud800\r\n--x--\r\n'
        assert desk.ask("POST", "/edit", sent, Content_Type=kind).status == 400
    assert content(site) == before
    for weight in ("--5", "9" * 5_000, "٣" * 5_000):
        form = with_values(form_of(desk.edit(A), "/edit"), {"weight": weight})
        assert desk.post("/edit", form).status == 303


def _sent_endlessly(desk: Client) -> int:
    """The status of an answer to a body that says no length and has a hundred million bytes."""
    import socket

    parts = urlsplit(desk.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=60) as line:
        head = (
            f"POST /upload HTTP/1.1\r\nHost: {parts.netloc}\r\nOrigin: {desk.origin}\r\nTransfer-Encoding: chunked\r\n"
        )
        line.sendall(f"{head}Content-Type: multipart/form-data; boundary=x\r\n\r\n".encode())
        opening = b'--x\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        line.sendall(b"%x\r\n%b\r\n" % (len(opening), opening))
        part = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        try:
            for _ in range(100):
                line.sendall(part)
        except OSError:
            pass
        try:
            return int(line.recv(100).split(b" ")[1])
        except OSError:  # it hung up on what it did not want to read
            return 413


@pytest.mark.parametrize("name", [A, PAGE])
def test_a_script_in_each_field_stays_a_text(site: Site, desk: Client, name: str) -> None:
    form = form_of(desk.edit(name), "/edit")
    hidden = ("token", "path", "base", "extra", "data")
    new = {name: SCRIPT for name, _ in form if name not in hidden and not name.endswith((".here", ".day", ".time"))}
    assert desk.post("/edit", with_values(form, new)).status == 303
    for address in (
        f"/edit?path={name}",
        "/",
        "/pages",
        f"/?q={quote(SCRIPT)}",
        f"/edit?path={name}&text=1",
        f"/edit?path={name}&added={quote(SCRIPT)}",
    ):
        answer = desk.get(address)
        page = answer.page
        assert page.xpath("//script/@src") == ["/static/desk.js"] and not page.xpath("//@onerror | //@style")
        assert all(src.startswith(("/static/", "http://", "/picture")) for src in page.xpath("//*/@src"))
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy and answer.headers["x-content-type-options"] == "nosniff"


# ---------------------------------------------------------------- passwords


@pytest.mark.parametrize("verb", ["desk", "serve"])
def test_other_machines_need_a_password(site: Site, verb: str) -> None:
    (site.root / "word").write_text("كلمة سر طويلة\n", encoding="utf-8")
    with served(site.root, verb, "--host", "0.0.0.0", "--password-file", "word") as server:
        desk = Client(server.url)
        assert desk.get("/").address == LOGIN and desk.get(f"/edit?path={A}").status == 303
        assert desk.get("/.mujaz/events").address == LOGIN and desk.post("/edit", []).status == 403
        assert desk.get(LOGIN, Host="evil.example").status == 400
        assert desk.get(LOGIN, Host="192.168.1.7:8000").status == 200
        assert desk.post(LOGIN, [("password", "كلمة سر طويلة")], Origin="https://evil.example").status == 403
        assert desk.post(LOGIN, [("password", "x" * 9_000)]).status == 413
        assert desk.post(LOGIN, [("password", "خطأ")]).status == 403
        entered = desk.post(LOGIN, [("password", "كلمة سر طويلة")])
        assert entered.status == 303 and "samesite=strict" in entered.headers["set-cookie"].lower()
        assert "httponly" in entered.headers["set-cookie"].lower()
        assert desk.get("/").address != LOGIN
        thief = Client(server.url)
        if verb == "desk":
            token = dict(form_of(desk.edit(A), "/edit"))["token"]
            assert desk.edit(A).xpath("//iframe")
            thief.cookies = {"mujaz-session": "x"}
            assert thief.post("/edit", [("token", token)]).status == 403
            assert desk.post("/leave", [("token", token)]).status == 303 and desk.get("/").address == LOGIN
            typed = [("token", token), ("title", "عنوان كتبته"), ("body", "</textarea><script>\r\nمتن")]
            for files in ([], [("picture", "", b"")]):  # the session ended while somebody typed
                late = desk.post("/edit", typed, files)
                assert late.status == 403 and late.page.xpath("//main//a/@href") == [LOGIN]
                assert late.page.xpath("//textarea")[0].text.strip("\n") == (
                    "title: عنوان كتبته\nbody: </textarea><script>\nمتن"
                )
            many = [("aliases", f"/{number}/") for number in range(1_000)]  # as many as a story may have
            for files in ([], [("picture", "", b"")]):
                full = desk.post("/edit", [*typed, *many], files)
                assert "aliases: /999/" in full.page.xpath("//textarea")[0].text and full.status == 403
            long = desk.post("/edit", typed, [("picture", "x.jpg", b"x" * 2_000_000)])
            assert long.status == 403 and not long.page.xpath("//textarea")
        statuses = {
            thief.post(LOGIN, [("password", f"{number}")], X_Forwarded_For=f"192.0.2.{number}").status
            for number in range(2 * TRIES)
        }
        assert statuses == {403, 429}
        assert thief.post(LOGIN, [("password", "كلمة سر طويلة")]).status == 429


def test_of_passwords_that_come_at_once_few_are_looked_at(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each request was let in before any of the others had been read to its end."""
    monkeypatch.setenv("MUJAZ_PASSWORD", "correct-horse")
    with served(site.root, "serve") as server, contextlib.ExitStack() as stack:
        host, port = urlsplit(server.url).hostname or "", urlsplit(server.url).port
        head = f"POST {LOGIN} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: http://{host}:{port}\r\nConnection: close\r\n"
        words = [f"password=wrong-{number:02}".encode() for number in range(3 * TRIES)]
        lines = [stack.enter_context(socket.create_connection((host, port), 30)) for _ in words]
        for line, word in zip(lines, words, strict=True):
            line.sendall(f"{head}Content-Length: {len(word)}\r\n\r\n".encode() + word[:-1])
        time.sleep(0.5)  # all of them wait for their last letter
        statuses = []
        for line, word in zip(lines, words, strict=True):
            line.sendall(word[-1:])
            statuses.append(int(line.recv(1_000).split(maxsplit=2)[1]))
    assert statuses == [403] * TRIES + [429] * 2 * TRIES


def test_of_ten_thousand_passwords_few_are_looked_at() -> None:
    now = [0.0]
    door = Door(password="p" * 12, clock=lambda: now[0])
    looked = 0
    for number in range(10_000):
        client = f"10.0.{number % 250}.{number // 250}"
        if not door.is_barred(client):
            looked += 1
            assert door.enter(client, f"{number}") is None
        now[0] += 0.01
    assert looked == TRIES_OF_ALL and door.is_barred("192.168.0.1")
    now[0] += WINDOW_SECONDS + 100
    assert not door.is_barred("192.168.0.1")
    name = door.enter("192.168.0.1", "p" * 12)
    assert (
        name and door.is_in({"mujaz-session": name}) and not door.is_in({"mujaz-session": "x"}) and not door.is_in({})
    )
    now[0] += 13 * 3600
    assert not door.is_in({"mujaz-session": name})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--host", "0.0.0.0"), "need a password of at least 10"),
        (("--host", "0.0.0.0", "--password-file", "short"), "need a password of at least 10"),
        (("--host", "example.org"), "is no address of a machine"),
    ],
)
@pytest.mark.parametrize("verb", ["desk", "serve"])
def test_a_server_does_not_open_to_others_by_mistake(site: Site, verb: str, words: tuple[str, ...], said: str) -> None:
    import subprocess
    import sys

    from tests.support.cli_process import BUILD

    (site.root / "short").write_text("kurz", encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "MUJAZ_PASSWORD"}
    command = [sys.executable, str(BUILD), verb, "--port", "0", *words]
    ended = subprocess.run(
        command, cwd=site.root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2 and said in ended.stderr


# ---------------------------------------------------------------- writes


@pytest.mark.parametrize("name", ["con", "NUL", "lpt1.tar", "COM¹"])
def test_a_sent_picture_has_a_name_that_every_system_can_hold(name: str) -> None:
    assert not file_name_trouble(picture_name(f"{name}.png", "PNG"))


def test_saves_of_two_at_once_are_told_apart(tmp_path: Path) -> None:
    import threading

    from mujaz.desk.files import Changed, mark_of

    (tmp_path / "content").mkdir()
    (tmp_path / A).write_bytes(b"")
    files = Files(tmp_path, "content", tmp_path / ".mujaz-desk")

    def write(name: str) -> None:
        for number in range(25):
            while True:
                now = files.read(A)
                try:
                    files.save(A, now + f"{name}{number}\n".encode(), mark_of(now))
                    break
                except Changed:
                    time.sleep(0.0005)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = files.read(A).decode().split()
    assert len(rows) == len(set(rows)) == 50 and len(files.versions(A)) == 50
    assert [path.name for path in (tmp_path / "content").iterdir()] == ["a.md"]


def test_a_file_that_was_replaced_by_a_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "outside.md").write_bytes(b"x")
    (tmp_path / A).symlink_to(tmp_path / "outside.md")
    files = Files(tmp_path, "content", tmp_path / ".mujaz-desk")
    for act in (lambda: files.read(A), lambda: files.create(A, b"y")):
        with pytest.raises(Refused):
            act()
    assert (tmp_path / "outside.md").read_bytes() == b"x"
