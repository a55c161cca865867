"""Which sizes of a content file the site shows, and at which addresses."""

from __future__ import annotations

from collections.abc import Container

from mujaz.assets import pictures
from mujaz.model import urls
from mujaz.model.content import File
from mujaz.model.settings import Config
from mujaz.model.views import Picture

FOLDER = "assets/pictures/"


def variants(file: File, config: Config) -> tuple[pictures.Variant, ...]:
    """The files to make of a picture."""
    measure = pictures.Measure(width=file.width, height=file.height, format="")
    return pictures.variants(
        file.path, file.digest, measure, widths=config.picture_widths, formats=config.picture_formats
    )


def recipes(file: File, config: Config, leads: Container[str]) -> tuple[str, ...]:
    """Those of all files that the site has of a picture; of those in `leads`, paths, cards may be cropped."""
    card = config.cards and file.path in leads and pictures.is_for_sharing(file.width, file.height)
    return pictures.recipes(variants(file, config), card=card)


def picture(file: File, config: Config) -> Picture:
    """The picture at every size, for figures and articles."""
    return pictures.view(variants(file, config), urls.url(config, FOLDER))


def card(file: File, config: Config) -> Picture:
    """The picture as cards show it."""
    return pictures.view(pictures.for_card(variants(file, config)), urls.url(config, FOLDER))
