"""Which files are made of a picture: their widths and formats, their names and their addresses.

`pictures.widths` and `pictures.formats` of config.yaml choose; `mujaz.assets.pictures` makes the files.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence

from mujaz.assets import pictures
from mujaz.assets.pictures import SUFFIXES, Measure, height_for, is_for_sharing
from mujaz.frozen import Value
from mujaz.model import urls
from mujaz.model.content import File
from mujaz.model.fingerprint import digest as fingerprint
from mujaz.model.normal_forms import normalized
from mujaz.model.settings import Config
from mujaz.model.views import Picture

FOLDER = "assets/pictures/"
CARD_WIDTH = 960  # a card is never shown wider than half of it in CSS pixels


class Variant(Value):
    """One file to make: its name, its pixels, "jpeg", "webp" or "avif", and the recipe that `pictures.make` follows."""

    name: str
    width: int
    height: int
    format: str
    recipe: str


def of_file(file: File, config: Config) -> tuple[Variant, ...]:
    """The files to make of a picture of the content, by width."""
    measure = Measure(width=file.width, height=file.height, format="")
    return plan(file.path, file.digest, measure, widths=config.picture_widths, formats=config.picture_formats)


def recipes(file: File, config: Config, leads: Container[str]) -> tuple[str, ...]:
    """The recipes of all files that the site has of a picture; of those in `leads`, paths, cards may be cropped."""
    card = config.cards and file.path in leads and is_for_sharing(file.width, file.height)
    return recipes_of(of_file(file, config), card=card)


def picture(file: File, config: Config) -> Picture:
    """The picture at every size, for figures and articles."""
    return view(of_file(file, config), urls.url(config, FOLDER))


def card(file: File, config: Config) -> Picture:
    """The picture as cards show it."""
    return view(for_card(of_file(file, config)), urls.url(config, FOLDER))


def widths_for(width: int, widths: Iterable[int]) -> tuple[int, ...]:
    """The widths to make of a source `width` pixels wide: at least one, ascending, none wider than the source.

    A source that ends between two of `widths` is made at its own width too, if that is a quarter more than the lower.
    """
    wanted = sorted(set(widths))
    chosen = [one for one in wanted if one <= width]
    if not chosen or (len(chosen) < len(wanted) and width * 4 >= chosen[-1] * 5):
        chosen.append(width)
    return tuple(chosen)


def plan(
    source: str, digest: str, measure: Measure, *, widths: Iterable[int], formats: Iterable[str]
) -> tuple[Variant, ...]:
    """The files to make of `source` (a path, whose content has `digest`), by width; JPEG always, others of `formats`.

    Names are ASCII and hold a digest of content, widths and recipe: `nato-0c1d5e2f90ab-480.jpg`.
    """
    chosen_widths = widths_for(measure.width, widths)
    stem = f"{_stem(source)}-{fingerprint(digest, pictures.RECIPE, chosen_widths)[:12]}"
    chosen = {"jpeg", *formats}
    return tuple(
        Variant(
            name=f"{stem}-{width}.{SUFFIXES[format]}",
            width=width,
            height=height_for(width, measure),
            format=format,
            recipe=" ".join(map(str, (format, *chosen_widths[number:]))),
        )
        for number, width in enumerate(chosen_widths)
        for format in SUFFIXES
        if format in chosen
    )


def recipes_of(variants: Sequence[Variant], *, card: bool) -> tuple[str, ...]:
    """The recipes of the files of one picture, which are made together; with a `card`, its crop for sharing is last."""
    return (*(variant.recipe for variant in variants), *((f"card {variants[-1].width}",) if card else ()))


def for_card(variants: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Those that a card may use: no wider than `CARD_WIDTH`, or the narrowest there are."""
    limit = max(CARD_WIDTH, min(variant.width for variant in variants))
    return tuple(variant for variant in variants if variant.width <= limit)


def view(variants: tuple[Variant, ...], prefix: str) -> Picture:
    """What a layout gets; `prefix` goes before each name (`/news/assets/pictures/`). `src` is the widest JPEG."""
    widest = max((variant for variant in variants if variant.format == "jpeg"), key=lambda variant: variant.width)
    return Picture(
        src=prefix + widest.name,
        srcset=_srcset(variants, "jpeg", prefix),
        webp=_srcset(variants, "webp", prefix),
        avif=_srcset(variants, "avif", prefix),
        width=widest.width,
        height=widest.height,
    )


def _srcset(variants: tuple[Variant, ...], format: str, prefix: str) -> str:
    return ", ".join(f"{prefix}{one.name} {one.width}w" for one in variants if one.format == format)


def _stem(source: str) -> str:
    """The file's name in letters that need no escape anywhere; a name without any is `picture`."""
    name = source.rpartition("/")[2]
    plain = normalized("NFKD", name.rpartition(".")[0] or name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "picture"
