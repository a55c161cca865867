"""A plain look at what was built: the output on loopback, below the base path, with the site's own 404 page."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from mujaz.errors import UsageError


class _Pages(SimpleHTTPRequestHandler):
    """Serves `directory` below `base_path`."""

    def __init__(self, *arguments: object, base_path: str, directory: str) -> None:
        self.base_path = base_path
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        inside = (path.partition("?")[0] + "/").startswith(self.base_path + "/")
        return super().translate_path(path[len(self.base_path) :] or "/") if inside else self.directory + "/404/"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        raw = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: what the reader of a preview wants to see is in the browser."""


def server(output: Path, base_path: str, port: int) -> ThreadingHTTPServer:
    """A server on loopback, not yet serving. Port 0 is any free one. Raises UsageError where the port is taken."""
    pages = partial(_Pages, base_path=base_path, directory=str(output))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), pages)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}); name another with --port") from error
