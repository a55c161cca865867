"""The routes of the desk. Forms work without script; every change is a POST with a token."""

from __future__ import annotations

import os
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mujaz.content.new_article import new_story
from mujaz.content.rewriting import merged, with_text
from mujaz.desk import standing, views
from mujaz.desk.answers import (
    HEADERS,
    Handler,
    commit,
    find_titles,
    leave,
    picture,
    preview_origin,
    refusal,
    repository,
    sent,
    shown,
    speak,
    static,
    text_of,
    to,
)
from mujaz.desk.bundles import LARGEST, add_picture, deeper, deeper_text, moved
from mujaz.desk.desk import Desk
from mujaz.desk.document import NoDocument, changed, parse, values
from mujaz.desk.files import Changed, Refused, mark_of
from mujaz.desk.form import NUMBER, changes
from mujaz.desk.story import ACTIONS, act
from mujaz.messages.errors import UsageError, reason
from mujaz.messages.message import Message, say
from mujaz.serve.guard import Guard, typed_in
from mujaz.yaml_values.edit import NoEdit

NOTHING = b"---\n---\n"  # a file without a value: what was typed is all that it has

# ---------------------------------------------------------------- list and new articles


async def front(desk: Desk, request: Request) -> Response:
    """GET /: the list of articles."""
    return shown(desk, request, "list", **await views.front(desk, request.query_params))


async def new(desk: Desk, request: Request) -> Response:
    """GET /new: the form of a new article."""
    desk.renew()
    return shown(desk, request, "new", sections=desk.config.sections, title="", section="", slug="", trouble=None)


async def create(desk: Desk, request: Request) -> Response:
    """POST /new: write a new article, and redirect to its form."""
    form = await sent(desk, request)
    title, section, slug = (text_of(form, key).strip() for key in ("title", "section", "slug"))
    taken = {row.id for row in (await desk.rows()).rows}
    try:
        story = new_story(title, desk.config, desk.now(), taken, section=section or None, slug_asked=slug or None)
        for other in (f"{story.path.removesuffix('.md')}/index.md", story.path):
            if desk.files.place(other).exists():
                raise UsageError(say("desk-exists-already", path=other))
        desk.files.create(story.path, story.text.encode())
    except UsageError as error:
        no_slug = error.message.id == "title-without-slug"  # which names an option of the command line
        trouble = say("desk-title-without-slug", title=title) if no_slug else error.message
        view = {"sections": desk.config.sections, "title": title, "section": section, "slug": slug}
        return shown(desk, request, "new", 400, trouble=trouble, **view)
    await desk.saved(story.path)
    return to("/edit", path=story.path, done="new")


# ---------------------------------------------------------------- one article


async def edit(desk: Desk, request: Request) -> Response:
    """GET /edit: the form of an article."""
    asked = request.query_params.get("path", "")
    name = desk.files.where(asked)
    if name != asked:
        return to("/edit", path=name)
    raw = desk.files.read(name)
    try:
        document = parse(raw)
    except NoDocument as error:
        return refusal(desk, request, error.problem.message, 409)
    desk.opened(raw)
    view = views.edit(desk, name, document, preview_origin(desk, request))
    view["added"] = request.query_params.get("added", "")
    as_text = "text" in request.query_params or not view["fields"]
    return shown(desk, request, "text" if as_text else "edit", **view)


async def save(desk: Desk, request: Request) -> Response:
    """POST /edit: write the changes of the form, and redirect to it; a page with both versions on a conflict, and with
    all that was typed where the file is gone or the save is refused.
    """
    form = await sent(desk, request)
    opened, base = text_of(form, "path"), text_of(form, "base")
    name = desk.files.where(opened)
    try:
        now = desk.files.read(name)
    except Refused as error:
        if error.status != 404:
            raise
        return _conflict(desk, request, name, form, None)
    try:
        raw = _edited(desk, form, now)
        if raw == now:  # sent twice: a button was pressed twice
            base = mark_of(now)
        if mark_of(now) != base:
            raise Changed(now)
        if name != opened:  # a bundle meanwhile, and no byte changed: what was typed names files from the old folder
            raw = moved(desk.files, opened, raw)
        picture = await _picture(desk, form.get("picture"))
        desk.files.save(name, raw, base)
        if picture is not None and desk.kind_of(name) == "article":
            name = _at_the_head(desk, name, picture)
    except Changed as changed_now:
        return _conflict(desk, request, name, form, changed_now.now)
    except (NoEdit, NoDocument) as error:
        wrong = say("desk-extra-wrong") if error.args in (("extra",), ("data",)) else say("desk-mend-text-first")
        return refusal(desk, request, wrong, 409, _typed(desk, form, now))
    except (Refused, UsageError, OSError) as error:
        return refusal(desk, request, *_told(desk, error), _typed(desk, form, now))
    if raw != now or picture is not None:
        await desk.saved(name)
    return to("/edit", path=name, done="saved")


def _edited(desk: Desk, form: FormData, now: bytes, opened: bytes | None = None) -> bytes:
    """The bytes of the file with the changes of the form, which are those to `opened`, or else to the file itself."""
    document = parse(now)
    shown = document if opened is None else parse(opened)
    if "text" in form:
        typed = text_of(form, "text")
        return with_text(document.raw, typed if opened is None else merged(shown.text, typed, document.text))
    found = desk.fields(text_of(form, "path"), shown)
    if not found:
        raise NoEdit("---")
    keys, texts = changes(found, form, desk.zone)
    body = text_of(form, "body") if "body" in form and "\0" not in document.body else None
    if opened is not None and body is not None and body.strip("\n") == shown.body:
        body = None
    return changed(document, keys, body, texts)


async def _picture(desk: Desk, file: Any) -> tuple[str, bytes, str] | None:
    """(name, bytes, format) of a sent picture; None where none was sent. Raises Refused for other files."""
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    data = await file.read()
    if len(data) > LARGEST:
        raise Refused(say("desk-too-large"), 413)
    return file.filename, data, await desk.measured(data)


def _at_the_head(desk: Desk, name: str, picture: tuple[str, bytes, str]) -> str:
    """Put a picture into the bundle and name it in `image`. Returns the new path of the article."""
    name, own, _ = add_picture(desk.files, name, *picture)
    document = parse(desk.files.read(name))
    old = (values(document) or {}).get("image")
    image = {**old, "src": own} if isinstance(old, dict) else {"src": own}
    desk.files.save(name, changed(document, {"image": image}), mark_of(document.raw))
    return name


def _conflict(desk: Desk, request: Request, name: str, form: FormData, now: bytes | None) -> Response:
    """A page with both versions: the file as it is, and with what was typed. What another did to what the form left
    alone stays, such as a story that was taken back: its form still said that it is published. So what cannot be
    compared with what the form began with cannot be saved, but copied.
    """
    opened = desk.was_opened(name, text_of(form, "base")) if now else None
    mine = _typed(desk, form, now, opened) if now and opened else _typed(desk, form, NOTHING)
    desk.opened(now or b"")
    view = {"theirs": parse(now).text if now else "", "mine": mine, "gone": now is None, "known": bool(opened)}
    return shown(desk, request, "conflict", 409, path=name, base=mark_of(now) if now and opened else "", **view)


def _typed(desk: Desk, form: FormData, now: bytes, opened: bytes | None = None) -> str:
    """The file with what was typed; or each filled control by its name, where no file can be made of them."""
    try:
        return parse(_edited(desk, form, now, opened)).text
    except (NoEdit, NoDocument):
        return text_of(form, "text") or typed_in(form)


def _action(desk: Desk, name: str, asked: str) -> str:
    """What is done to a story; a standing page has no state."""
    if asked not in ACTIONS or desk.kind_of(name) != "article":
        raise HTTPException(404)
    return asked


async def ask(desk: Desk, request: Request) -> Response:
    """GET /do/{action}: the page that asks for the inputs of an action."""
    name = request.query_params.get("path", "")
    action = _action(desk, name, request.path_params["action"])
    return shown(desk, request, "act", **views.act(desk, name, parse(desk.files.read(name)), action))


async def do(desk: Desk, request: Request) -> Response:
    """POST /do/{action}: carry out an action, and redirect to the form."""
    form = await sent(desk, request)
    name = desk.files.where(text_of(form, "path"))
    action = _action(desk, name, request.path_params["action"])
    document = parse(desk.files.read(name))
    asked = {key: text_of(form, key) for key in ("date", "day", "time", "text")}
    try:
        raw = changed(document, act(document, action, asked, desk.now(), desk.zone))
        desk.files.save(name, raw, text_of(form, "base"))
    except Changed as changed_now:
        if changed_now.now is None:
            raise Refused(say("desk-no-such-place"), 404) from None
        if not asked["text"]:
            return to("/edit", path=name, done="changed")
        view = views.act(desk, name, parse(changed_now.now), action)
        return shown(desk, request, "act", 409, **view | {"trouble": say("desk-changed-meanwhile"), **asked})
    except NoEdit:
        return refusal(desk, request, say("desk-mend-text-first"), 409)
    except Refused as error:
        view = views.act(desk, name, document, action)
        return shown(desk, request, "act", error.status, **view | {"trouble": error.message, **asked})
    await desk.saved(name)
    return to("/edit", path=name, done=action)


async def upload(desk: Desk, request: Request) -> Response:
    """POST /upload: put a picture for the body into the bundle, or beside a standing page; the response names it.

    Script sends with it what its form shows, and once more, without the picture, what was typed while it was sent.
    """
    form = await sent(desk, request)
    opened, sent_picture = text_of(form, "path"), await _picture(desk, form.get("picture"))
    name, own, base = desk.files.where(opened), "", text_of(form, "base")
    if sent_picture is not None:
        try:
            name, own, marks = add_picture(desk.files, name, *sent_picture, bundle=desk.kind_of(name) == "article")
        except Changed:
            raise Refused(say("desk-changed-meanwhile"), 409) from None
        desk.opened(desk.files.read(name))
        base = marks.get(base, base)  # what another saved meanwhile stays a conflict for the form that waits
    if request.headers.get("accept") != "application/json":
        return to("/edit", "pictures" if own else "", path=name, **({"added": own} if own else {}))
    # What the form still shows names files from the old folder.
    carried = {"src": deeper(desk.files, opened, text_of(form, "src"))} if "src" in form and name != opened else {}
    if "body" in form and name != opened:
        parts = deeper_text(desk.files, opened, text_of(form, "body"), text_of(form, "after"))
        carried |= dict(zip(("body", "after"), parts, strict=True))
    return JSONResponse({"path": name, "name": own, "base": base, **carried})


# ---------------------------------------------------------------- standing pages, authors, tags


def _kind(asked: str) -> str:
    if asked not in standing.KINDS:
        raise HTTPException(404)
    return asked


async def pages(desk: Desk, request: Request) -> Response:
    """GET /pages: the list of standing pages, authors and tags."""
    return shown(desk, request, "pages", **await views.pages(desk))


async def new_page(desk: Desk, request: Request) -> Response:
    """GET /pages/new/{kind}: the form of a new one."""
    kind = _kind(request.path_params["kind"])
    desk.renew()
    return shown(desk, request, "new_page", **views.new_page(desk, kind, await desk.rows()))


async def create_page(desk: Desk, request: Request) -> Response:
    """POST /pages/new/{kind}: write it, and redirect to its form."""
    form = await sent(desk, request)
    kind, listing = _kind(request.path_params["kind"]), await desk.rows()
    title, segment = (text_of(form, key).strip() for key in ("title", "slug"))
    try:
        name, text = standing.begun(kind, title, desk.config, [row.path for row in listing.standing], segment)
        desk.files.create(name, text.encode())
    except (Refused, UsageError) as error:
        view = views.new_page(desk, kind, listing) | {"title": title, "slug": segment, "trouble": error.message}
        return shown(desk, request, "new_page", 400, **view)
    await desk.saved(name)
    return to("/edit", path=name, done="new-page")


# ---------------------------------------------------------------- old versions


async def versions(desk: Desk, request: Request) -> Response:
    """GET /versions: the old versions of an article."""
    name = request.query_params.get("path", "")
    base = mark_of(desk.files.read(name))
    number = request.query_params.get("number", "")
    text = parse(desk.files.version(name, int(number))).text if NUMBER.fullmatch(number) else ""
    found = desk.files.versions(name)
    return shown(desk, request, "versions", path=name, base=base, versions=found, number=number, text=text)


async def undo(desk: Desk, request: Request) -> Response:
    """POST /undo: restore an old version, or the one before the last save."""
    form = await sent(desk, request)
    name = text_of(form, "path")
    try:
        if number := text_of(form, "number"):
            if not NUMBER.fullmatch(number):
                raise HTTPException(400)
            desk.files.save(name, desk.files.version(name, int(number)), text_of(form, "base"))
        else:
            desk.files.undo(name, text_of(form, "base"))
    except Changed:
        return to("/edit", path=name, done="changed")
    await desk.saved(name)
    return to("/edit", path=name, done="undone")


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", front),
    ("GET", "/new", new),
    ("POST", "/new", create),
    ("GET", "/pages", pages),
    ("GET", "/pages/new/{kind}", new_page),
    ("POST", "/pages/new/{kind}", create_page),
    ("GET", "/edit", edit),
    ("POST", "/edit", save),
    ("GET", "/do/{action}", ask),
    ("POST", "/do/{action}", do),
    ("POST", "/upload", upload),
    ("GET", "/versions", versions),
    ("POST", "/undo", undo),
    ("GET", "/titles", find_titles),
    ("GET", "/picture", picture),
    ("GET", "/static/{name}", static),
    ("GET", "/git", repository),
    ("POST", "/git/{action}", commit),
    ("POST", "/language", speak),
    ("POST", "/leave", leave),
)


def _named(desk: Desk, error: OSError) -> str:
    """The file that an error is about, as the site names it."""
    named = error.filename if isinstance(error.filename, str | bytes | os.PathLike) else desk.config.content
    return os.path.relpath(os.fsdecode(named), desk.root)


def _told(desk: Desk, error: Refused | UsageError | OSError) -> tuple[Message, int]:
    """Why a request is refused, and the HTTP status. An OSError: the disk is full, or something is no folder."""
    if isinstance(error, OSError):
        return say("desk-disk-refuses", place=_named(desk, error), why=reason(error)), 500
    return error.message, error.status if isinstance(error, Refused) else 409


def application(desk: Desk) -> Starlette:
    """The desk, behind its guard."""

    def bound(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                return await handler(desk, request)
            except (Refused, UsageError, OSError) as error:
                return refusal(desk, request, *_told(desk, error))
            except NoDocument as error:
                return refusal(desk, request, error.problem.message, 409)
            except HTTPException:
                raise
            except Exception:
                traceback.print_exc()  # whole, in the terminal only
                return refusal(desk, request, say("desk-bug"), 500)

        return answer

    async def wrong(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        message = say("desk-too-large") if status == 413 else say("desk-no-such-page")
        return refusal(desk, request, message, status)

    routes = [Route(path, bound(handler), methods=[method]) for method, path, handler in ROUTES]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, door=desk.door, headers=HEADERS)],
        exception_handlers={HTTPException: wrong},
    )
