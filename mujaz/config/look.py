"""`look` of config.yaml: colours, logo, icon, faces, the footer's words."""

from __future__ import annotations

from pathlib import PurePosixPath

from mujaz.config.folders import path_trouble
from mujaz.frozen import replace
from mujaz.messages.message import say
from mujaz.model.colours import AA, COLOUR, DARK, LIGHT, Scheme, contrast, readable, scheme
from mujaz.model.settings import Look
from mujaz.yaml_values.form import Form

KEYS = ("accent", "paper", "ink", "dark", "logo", "logo_dark", "icon", "faces", "footer")
COLOUR_KEYS, FACE_KEYS = ("accent", "paper", "ink"), ("text", "heads")
LOGOS, ICONS, FONTS = (".svg", ".png"), (".png",), (".woff2", ".woff", ".ttf", ".otf")
FACES = {"text": ("naskh",), "heads": ("plex", "naskh")}  # the typefaces that are shipped, the default first
DARK_CONTRAST = 7.0  # contrast (WCAG) of an accent that is derived for the dark scheme


def look_of(form: Form) -> Look:
    """The settings of `look`; the default for each wrong one, which is reported."""
    light = _scheme(form, LIGHT)
    night = DARK
    if light.accent != LIGHT.accent:  # lightened until it is readable on dark paper
        night = replace(DARK, accent=readable(light.accent, DARK.paper, DARK_CONTRAST))
    dark = form.form("dark", COLOUR_KEYS, "dark: {accent: …}")
    faces = form.form("faces", FACE_KEYS, "faces: {heads: naskh}")
    text, heads = (_face(faces, key) if faces else known[0] for key, known in FACES.items())
    return Look(
        light=light,
        dark=_scheme(dark, night) if dark else _made(night),
        logo=_file(form, "logo", LOGOS),
        logo_dark=_file(form, "logo_dark", LOGOS),
        icon=_file(form, "icon", ICONS),
        text=text,
        heads=heads,
        footer=form.line("footer"),
    )


def _made(colours: Scheme) -> Scheme:
    return scheme(paper=colours.paper, ink=colours.ink, accent=colours.accent, mark=colours.mark)


def _scheme(form: Form, usual: Scheme) -> Scheme:
    """The colours that `form` sets, the others from `usual`. Reports those with too little contrast on their paper."""
    paper = _colour(form, "paper", usual.paper)
    chosen = {key: _colour(form, key, default) for key, default in (("ink", usual.ink), ("accent", usual.accent))}
    for key, colour in chosen.items():
        ratio = contrast(colour, paper)
        if ratio < AA and (form.has(key) or form.has("paper")):
            text = say("colour-too-weak", key=form.name(key), colour=colour, paper=paper, ratio=_rounded_down(ratio))
            form.report(
                form.place(key if form.has(key) else "paper"),
                text,
                say("write-nearest-colour", key=key, colour=readable(colour, paper)),
            )
    return _made(replace(usual, paper=paper, **chosen))


def _rounded_down(ratio: float) -> float:
    """`ratio` to two decimals, rounded down, so that it never seems to be enough."""
    return int(ratio * 100) / 100


def _colour(form: Form, key: str, default: str) -> str:
    written = form.line(key).lower()
    if not written:
        return default
    if COLOUR.fullmatch(written):
        return written
    form.report(form.place(key), say("no-colour", key=form.name(key), value=written), say("write-colour"))
    return default


def _file(form: Form, key: str, endings: tuple[str, ...]) -> str:
    """A file below layouts/static/."""
    written = form.line(key)
    if not written or (not path_trouble(written) and PurePosixPath(written).suffix.lower() in endings):
        return written
    text = say("look-no-file", key=form.name(key), value=written, kinds=endings)
    form.report(form.place(key), text, say("write-path-below", folder="layouts/static/"))
    return ""


def _face(form: Form, key: str) -> str:
    """One of the shipped typefaces, or a file below layouts/."""
    known = FACES[key]
    written = form.line(key, known[0])
    if written in known or (not path_trouble(written) and PurePosixPath(written).suffix.lower() in FONTS):
        return written
    text = say("no-face", key=form.name(key), value=written, names=known, kinds=FONTS)
    form.report(form.place(key), text, say("write-path-below", folder="layouts/"))
    return known[0]
