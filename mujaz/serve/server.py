"""A site below its base path, as a static host would show it. Nothing else imports `uvicorn`.

With a `Live` the pages also carry a script of ours, put in on the way out and never into the output, that hears of
each build: it reloads, changes styles, marks drafts, shows problems.
"""

from __future__ import annotations

import asyncio
import html
import json
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from mujaz.messages.errors import UsageError, reason
from mujaz.messages.message import say
from mujaz.paths import data_file
from mujaz.serve.guard import Door, Guard, cookies_of

PLACE = "/.mujaz/"  # no page of a site can have this address
SCRIPTS = {"live.js": "text/javascript", "live.css": "text/css"}
__all__ = ["ASGIApp", "Live", "Server", "application", "listen", "show"]
BACKLOG = 128  # connections that wait to be accepted
MOST_CONNECTIONS, MOST_OF_ONE = 200, 100  # at once: from all, and from one address
SILENT_SECONDS = 20.0  # until a request must have come
MOST_SILENCES = 3  # of that length, within a request: a phone in a lift sends the rest of its picture later
BEAT_SECONDS = 15  # a line to the browser so often, so that a lost one is noticed
WAITING = """<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>موجز</title>
<body><p style="font: 1.2rem/1.8 sans-serif; margin: 3rem">يُبنى الموقع…</p>"""


class Live:
    """What the pages in browsers are told: `state` is the last word, and each new one goes to all who listen."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {"version": "0"}
        self._listeners: set[asyncio.Queue[dict[str, Any] | None]] = set()

    def tell(self, state: dict[str, Any] | None) -> None:
        """None ends every conversation."""
        self.state = state or self.state
        for queue in self._listeners:
            queue.put_nowait(state)

    async def hear(self, is_in: Callable[[], bool] = lambda: True) -> AsyncIterator[str]:
        """Server-sent events: the state as it is, then each that follows, for as long as the listener `is_in`."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            state: dict[str, Any] | None = self.state
            while state is not None and is_in():
                yield f"event: state\ndata: {json.dumps(state, ensure_ascii=False)}\n\n"
                while True:
                    try:
                        state = await asyncio.wait_for(queue.get(), BEAT_SECONDS)
                        break
                    except TimeoutError:
                        yield ": still here\n\n"
        finally:
            self._listeners.discard(queue)


class Pages(StaticFiles):
    """The files of `output`, looked up anew for each request, for a build exchanges the whole folder."""

    def __init__(self, output: Path, base_path: str, live: Live | None) -> None:
        super().__init__(directory=output, html=True, check_dir=False)
        self.config_checked = True  # there may be no output yet
        self.base_path, self.live = base_path, live

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self._found(path, scope)
        if self.live is None or not isinstance(response, FileResponse) or not str(response.path).endswith(".html"):
            response.headers["Cache-Control"] = "no-cache"
            return response
        try:
            raw = Path(response.path).read_bytes()
        except FileNotFoundError:  # exchanged just now
            return await self.get_response(path, scope)
        return self._with_script(raw, response.status_code)

    async def _found(self, path: str, scope: Scope) -> Response:
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or self.live is None:
                raise
            return self._with_script(WAITING.encode(), 503)

    def _with_script(self, raw: bytes, status: int) -> HTMLResponse:
        """The page with our script; in bytes, since a page that Mujaz did not make need not be UTF-8."""
        assert self.live is not None
        version = html.escape(self.live.state["version"])
        tag = f'<script src="{self.base_path}{PLACE}live.js" data-version="{version}"></script>'
        before, end, after = raw.rpartition(b"</body>")
        page = before + tag.encode() + end + after if end else raw + tag.encode()
        return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})


class Following:
    """The site below its base path as it is now: another `base_url` in config.yaml moves it while it is served."""

    def __init__(
        self,
        output: Path,
        base_path: Callable[[], str],
        live: Live | None = None,
        door: Door | None = None,
        framed_by: str = "'none'",
    ) -> None:
        self._output, self._base_path, self._rest = output, base_path, (live, door, framed_by)
        self._made: tuple[str, Starlette] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        base_path = self._base_path()
        if self._made is None or self._made[0] != base_path:
            self._made = (base_path, application(self._output, base_path, *self._rest))
        await self._made[1](scope, receive, send)


def application(
    output: Path, base_path: str, live: Live | None = None, door: Door | None = None, framed_by: str = "'none'"
) -> Starlette:
    """The site in `output` below `base_path`; with `live` also its script and its events.

    `framed_by` are the origins, as a policy has them, whose pages may show it in a frame.
    """
    pages = Pages(output, base_path, live)

    async def elsewhere(request: Request, error: Exception) -> Response:
        """What is outside the base path gets the site's own page for what is not there, as on a host."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status != 404 or request.url.path.startswith(f"{base_path}/"):
            return HTMLResponse(WAITING if status == 503 else f"{status}", status)
        scope = {**request.scope, "path": "/", "root_path": "", "method": "GET"}
        if not (output / "404.html").is_file():
            return HTMLResponse("", 404)
        page = await pages.get_response("404.html", scope)
        page.status_code = 404
        return page

    async def home(request: Request) -> Response:
        return RedirectResponse(f"{base_path}/")

    async def script(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in SCRIPTS:
            raise HTTPException(404)
        return FileResponse(data_file(f"serve/{name}"), media_type=SCRIPTS[name], headers={"Cache-Control": "no-cache"})

    async def events(request: Request) -> Response:
        assert live is not None
        heard = live.hear(lambda: door is None or door.is_in(cookies_of(request)))
        return StreamingResponse(heard, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    routes: list[BaseRoute] = []
    if live is not None:
        routes += [Route(f"{base_path}{PLACE}events", events), Route(f"{base_path}{PLACE}{{name}}", script)]
    routes += [Mount(base_path, pages)] if not base_path else [Route("/", home), Mount(base_path, pages)]
    headers = [
        ("content-security-policy", f"frame-ancestors {framed_by}"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),  # pictures of drafts are for no page of another site
    ]
    guard = Middleware(Guard, door=door or Door(), headers=headers)
    return Starlette(routes=routes, middleware=[guard], exception_handlers={404: elsewhere})


def listen(port: int, others: int = 0, host: str = "127.0.0.1") -> socket.socket:
    """A socket on loopback, or on the address `host`. Port 0 is any free one; where `port` is taken the next `others`
    are tried.

    Raises UsageError where none can be had.
    """
    for attempt in range(port, min(port + others, 65535) + 1):
        line = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, attempt))
            line.listen(BACKLOG)
            return line
        except OSError as error:
            line.close()
            why = reason(error)
    raise UsageError(say("port-unusable", port=port, why=why))


class Connection(H11Protocol):
    """One connection of a bounded number. It ends where no request comes, no more of one, or nobody takes the answer:
    those who do nothing would take the place of all others, and in the end every open file of the process.
    """

    _silences = 0  # looks since the last byte came or went
    _unsent = 0  # bytes of an answer, at the last look

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        of_one = sum(_host(other) == _host(self) for other in self.connections)
        if of_one > MOST_OF_ONE or len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        self.loop.call_later(SILENT_SECONDS, self._look, None)

    def data_received(self, data: bytes) -> None:
        self._silences = 0
        super().data_received(data)

    def _look(self, before: object) -> None:
        """End it where the last request is answered, or none was there, and no other began since the last look; also
        where for a minute nothing came of a request that has not come to its end, or nobody took an answer.
        """
        cycle, unsent = self.cycle, self.transport.get_write_buffer_size()
        moves = self.flow.read_paused or unsent != self._unsent
        self._silences, self._unsent = 0 if moves else self._silences + 1, unsent
        answered = not unsent and (cycle is None or cycle.response_complete)
        waits = unsent or (not answered and cycle.more_body)
        if (answered and cycle is before) or (waits and self._silences > MOST_SILENCES):
            self.transport.abort()
        elif not self.transport.is_closing():
            self.loop.call_later(SILENT_SECONDS, self._look, cycle)


def _host(connection: object) -> str:
    client: tuple[str, int] | None = getattr(connection, "client", None)
    return client[0] if client else ""


class Server(uvicorn.Server):
    """uvicorn, ended by Ctrl-C or SIGTERM without a wait for browsers that listen; the signal is not raised anew."""

    def __init__(self, app: ASGIApp, leave: Callable[[], None] = lambda: None) -> None:
        config = uvicorn.Config(
            app,
            access_log=False,
            log_level="critical",
            lifespan="off",
            ws="none",
            http=Connection,
            backlog=BACKLOG,
            loop="asyncio",
            server_header=False,
            proxy_headers=False,  # or whoever is on this machine names another for each password that it tries
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._leave = leave

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.should_exit = True
        asyncio.get_running_loop().call_soon_threadsafe(self._leave)


def show(output: Path, base_path: str, line: socket.socket) -> None:
    """Serve what was built, until Ctrl-C."""
    asyncio.run(Server(application(output, base_path)).serve(sockets=[line]))
