"""Responses of the desk: pages with their policy, sent forms, redirects, and the small handlers."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from mujaz.arabic.typography import initial
from mujaz.assets import fonts, icons
from mujaz.desk import views
from mujaz.desk.bundles import ENDINGS, target_of
from mujaz.desk.desk import Desk
from mujaz.desk.files import Refused
from mujaz.desk.listing import titles
from mujaz.desk.render import LANGUAGES
from mujaz.desk.render import page as rendered
from mujaz.frozen import asdict
from mujaz.markdown_body.limits import MAX_BYTES
from mujaz.messages.message import Message, say
from mujaz.model.colours import Scheme
from mujaz.model.file_views import IconView
from mujaz.model.settings import Config
from mujaz.paths import data_file
from mujaz.serve.guard import MOST_FIELDS, MOST_FILES, cookies_of, typed_in

STATIC = {"desk.css": "text/css", "desk.js": "text/javascript"}
LANGUAGE_COOKIE = "mujaz-language"
HEADERS = [
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cache-control", "no-store"),
]
TOO_MUCH = re.compile("Too many|.*exceeded")  # starlette's words for a form beyond its limits
# Browsers send none. Some take minutes to decode, or give characters that no file can hold.
OTHER_CHARSET = re.compile(r"charset\s*+=\s*+(?!\"?utf-8\b)", re.I)
# Bytes of a text: one that is too long for a file is refused with what was typed, and browsers send two for a line end.
MOST_TYPED = 2 * MAX_BYTES
Handler = Callable[[Desk, Request], Awaitable[Response]]


def language_of(desk: Desk, request: Request) -> str:
    """The language of the desk: by the cookie, else that of the command line."""
    chosen = cookies_of(request).get(LANGUAGE_COOKIE, "")
    return chosen if chosen in LANGUAGES else desk.language


def preview_origin(desk: Desk, request: Request) -> str:
    """The origin of the preview, on the host by which the desk was reached."""
    host = urlsplit(f"//{request.headers['host']}").hostname or "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{desk.preview}"


def shown(desk: Desk, request: Request, name: str, status: int = 200, **view: Any) -> HTMLResponse:
    """A page, with a Content-Security-Policy that allows only the desk itself and the preview's frame."""
    origin = preview_origin(desk, request)
    shared = {
        "site": desk.config.title,
        "token": desk.token(cookies_of(request)),
        "has_git": desk.git.is_there,
        "has_password": bool(desk.door.password),
        "done": request.query_params.get("done", ""),
        "here": str(request.url.path),
        "languages": LANGUAGES,
    }
    language = language_of(desk, request)
    text = rendered(name, language, desk.calendar(language), **shared | view)
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self';"
        f" connect-src 'self'; frame-src {origin}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return HTMLResponse(text, status, {"content-security-policy": policy})


def refusal(desk: Desk, request: Request, message: Message, status: int, typed: str = "") -> Response:
    """A page with the reason of a refusal, and with what was typed: the form left behind may come back empty."""
    form = getattr(request.state, "form", None)
    mine = typed or (typed_in(form) if form is not None else "")
    return shown(desk, request, "refused", status, message=message, mine=mine)


async def sent(desk: Desk, request: Request) -> FormData:
    """A sent form. Raises Refused where its token is wrong or it cannot be read."""
    if OTHER_CHARSET.search(request.headers.get("content-type", "")):
        raise Refused(say("desk-torn-form"), 400)
    try:
        form = await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_TYPED)
    except ClientDisconnect:
        raise Refused(say("desk-torn-form"), 400) from None
    except HTTPException as error:
        large = error.status_code == 413 or TOO_MUCH.match(error.detail)
        raise (Refused(say("desk-too-large"), 413) if large else Refused(say("desk-torn-form"), 400)) from None
    request.state.form = form  # for `refusal`
    desk.check(cookies_of(request), form.get("token"))
    return form


def text_of(form: Mapping[str, Any], key: str) -> str:
    """The text of a field; empty where it was not sent, or is a file."""
    value = form.get(key)
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def to(page: str, fragment: str = "", **query: str) -> RedirectResponse:
    """A redirect (303) to a page of the desk."""
    words = f"?{urlencode(query, quote_via=quote)}" if query else ""
    return RedirectResponse(page + words + (f"#{fragment}" if fragment else ""), 303)


# ---------------------------------------------------------------- requests of the script


async def find_titles(desk: Desk, request: Request) -> Response:
    """GET /titles: articles whose titles have the words, as JSON."""
    name = request.query_params.get("path", "")
    rows = titles((await desk.rows(fresh=False)).rows, request.query_params.get("q", ""), desk.now())
    hits = [
        {
            "id": row.id,
            "title": row.title,
            "day": views.day(row.published, desk.zone),
            "link": target_of(name, row.path),
        }
        for row in rows
        if row.path != name
    ]
    return JSONResponse(hits)


async def picture(desk: Desk, request: Request) -> Response:
    """A picture of the content, for the form."""
    path = desk.files.place(request.query_params.get("path", ""), ENDINGS)
    if not os.path.isfile(path):
        raise HTTPException(404)
    return FileResponse(path)


def _icon(config: Config) -> bytes:
    """The first letter of the paper's name on its accent."""
    colours = config.look.light
    view = IconView(size=0, letter=initial(config.title), ground=colours.accent, ink=colours.accent_ink)
    return icons.draw(view, b"")


def _look(config: Config) -> str:
    """The colours of the paper, light and dark."""

    def rule(colours: Scheme) -> str:
        pairs = {name.replace("_", "-"): value for name, value in asdict(colours).items()}
        return ":root {" + "".join(f" --{name}: {value};" for name, value in pairs.items()) + " }"

    return f"{rule(config.look.light)}\n@media (prefers-color-scheme: dark) {{ {rule(config.look.dark)} }}\n"


async def static(desk: Desk, request: Request) -> Response:
    """GET /static/{name}: a style, script, icon or font of the desk."""
    name = request.path_params["name"]
    if name in STATIC:
        return FileResponse(data_file(f"desk/{name}"), media_type=STATIC[name], headers={"cache-control": "no-cache"})
    if name == "look.css":
        return Response(_look(desk.config), media_type="text/css", headers={"cache-control": "no-cache"})
    if name == "favicon.svg":
        return Response(_icon(desk.config), media_type="image/svg+xml", headers={"cache-control": "no-cache"})
    if name in fonts.FACES:
        return Response(fonts.made(name), media_type="font/woff2", headers={"cache-control": "max-age=86400"})
    raise HTTPException(404)


# ---------------------------------------------------------------- git, language, leaving


async def repository(desk: Desk, request: Request) -> Response:
    """GET /git: the changes since the last commit."""
    if not desk.git.is_there:
        raise HTTPException(404)
    rows = {row.path: row.title for row in (await desk.rows()).rows}
    return shown(desk, request, "git", state=await desk.git.state(), titles=rows)


async def commit(desk: Desk, request: Request) -> Response:
    """POST /git/{action}: commit, push or pull. Raises Refused where git fails."""
    form = await sent(desk, request)
    action = request.path_params["action"]
    if not desk.git.is_there or action not in ("commit", "push", "pull"):
        raise HTTPException(404)
    if action == "commit":
        message = text_of(form, "message").strip()
        if not message:
            raise Refused(say("desk-git-message-missing"), 400)
        await desk.git.commit(message, text_of(form, "name").strip(), text_of(form, "mail").strip())
    else:
        await (desk.git.push() if action == "push" else desk.git.pull(desk.files))
    return to("/git", done=action)


async def speak(desk: Desk, request: Request) -> Response:
    """POST /language: choose the language of the desk."""
    form = await sent(desk, request)
    answer, language = to("/"), text_of(form, "language")
    if language not in LANGUAGES:
        raise HTTPException(400)
    answer.set_cookie(LANGUAGE_COOKIE, language, path="/", httponly=True, samesite="strict")
    return answer


async def leave(desk: Desk, request: Request) -> Response:
    """POST /leave: sign out."""
    await sent(desk, request)
    desk.door.leave(cookies_of(request))
    return to("/")
