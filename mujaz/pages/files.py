"""Planned pages that are files: assets, static files, pictures, documents."""

from __future__ import annotations

from collections.abc import Iterator

from mujaz.arabic.typography import initial
from mujaz.assets import brand, variants
from mujaz.layouts.layouts import Layouts
from mujaz.model.file_views import FileView, IconView
from mujaz.model.page import Page
from mujaz.model.settings import Config
from mujaz.site.site import Site


def file_pages(site: Site, layouts: Layouts) -> Iterator[Page]:
    """Assets, static files, sizes of pictures, documents: each made from one file, or from a recipe alone."""
    for asset in layouts.assets.values():
        view = FileView(source=asset.name, digest=asset.digest, recipe="asset")
        yield Page(path=asset.path, layout="", view=view, origin=f"layouts/assets/{asset.name}")
    for name, digest in layouts.static.items():
        view = FileView(source=name, digest=digest, recipe="static")
        yield Page(path=name, layout="", view=view, origin=f"layouts/static/{name}")
    for address, file in site.documents.items():
        view = FileView(source=file.path, digest=file.digest, recipe="copy")
        yield Page(path=address, layout="", view=view, origin=file.path)
    leads = {file.path for file in site.leads.values()}
    made: set[str] = set()  # equal pictures of one name, in two bundles perhaps, have one address
    for file in site.pictures:
        for variant in variants.of_file(file, site.config):
            if variant.name not in made:
                made.add(variant.name)
                view = FileView(
                    source=file.path,
                    digest=file.digest,
                    recipe=variant.recipe,
                    together=variants.recipes(file, site.config, leads),
                )
                yield Page(path=variants.FOLDER + variant.name, layout="", view=view, origin=file.path)


def icon_pages(config: Config, layouts: Layouts) -> Iterator[Page]:
    """The icons, but those that the paper brings itself below layouts/static/ under the same names."""
    picture, colours = layouts.brand.icon, config.look.light
    for name, size in brand.ICONS.items():
        if name in layouts.static or name == ("favicon.svg" if picture else "favicon.png"):
            continue
        view = IconView(
            size=size,
            source=picture.name if picture else "",
            digest=picture.digest if picture else "",
            letter="" if picture else initial(config.title),
            ground=colours.paper if picture else colours.accent,
            ink=colours.accent_ink,
            whole=name == brand.APPLE,
        )
        yield Page(path=name, layout="", view=view, origin="look.icon")
