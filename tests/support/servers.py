"""Real servers for the tests: Debian's nginx and Caddy on a free port of this machine, for as long as a block lasts."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.needs import program

NGINX = """\
daemon off; master_process off; worker_processes 1; error_log {folder}/error.log; pid {folder}/nginx.pid;
{modules}
events {{ worker_connections 64; }}
http {{
    access_log {folder}/access.log combined;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    include /etc/nginx/mime.types;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        {inside}
    }}
}}
"""
CADDY = """\
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * {root}
    {inside}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def nginx(root: Path, scratch: Path, inside: str = "", modules: str = "") -> Iterator[str]:
    """The address of an nginx that serves `root`; `inside` stands in its server block."""
    command = program("nginx")
    scratch.mkdir(parents=True, exist_ok=True)
    port, config = free_port(), scratch / "nginx.conf"
    config.write_text(NGINX.format(folder=scratch, port=port, root=root, inside=inside, modules=modules))
    with _running([command, "-p", str(scratch), "-c", str(config)], port, scratch):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def caddy(root: Path, scratch: Path, inside: str = "file_server") -> Iterator[str]:
    """The address of a Caddy that serves `root`; `inside` stands in its site block."""
    command = program("caddy")
    scratch.mkdir(parents=True, exist_ok=True)
    port, config = free_port(), scratch / "Caddyfile"
    config.write_text(CADDY.format(port=port, root=root, inside=inside))
    with _running([command, "run", "--adapter", "caddyfile", "--config", str(config)], port, scratch):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def webdav(root: Path, scratch: Path, *more: str) -> Iterator[str]:
    """The address of a server of WebDAV that shows and writes `root`; `more` are further words for rclone."""
    command = program("rclone")
    scratch.mkdir(parents=True, exist_ok=True)
    port = free_port()
    where = (*more, "--config=/dev/null", f"--addr=127.0.0.1:{port}", str(root))
    with _running([command, "serve", "webdav", *where], port, scratch):
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def _running(command: list[str], port: int, scratch: Path) -> Iterator[None]:
    homes = {"HOME": str(scratch), "XDG_DATA_HOME": str(scratch), "XDG_CONFIG_HOME": str(scratch)}
    log = scratch / "log"
    with log.open("wb") as told:
        server = subprocess.Popen(command, stdout=told, stderr=told, env={**os.environ, **homes})
    try:
        for _ in range(200):
            assert server.poll() is None, log.read_text() + _read(scratch / "error.log")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        else:
            pytest.fail(f"{command[0]} did not answer on port {port}: {log.read_text()}")
        yield
    finally:
        server.terminate()
        server.wait(timeout=10)


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
