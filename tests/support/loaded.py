"""All that a server of Mujaz loads, for the fork server of `cli_process`; and the tests' own layouts, compiled."""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

from mujaz.build.request import BuildRequest
from mujaz.serve import build_process
from tests.support.sites import CONFIG, NOW, Site
from tests.support.whole_site import FONTS

for module in (
    *("mujaz.cli", "mujaz.commands.desk", "mujaz.commands.preview", "mujaz.commands.serve", "mujaz.content.reader"),
    *("mujaz.desk.app", "mujaz.desk.desk", "mujaz.serve.loop", *build_process.LOADED),
):
    import_module(module)
with tempfile.TemporaryDirectory() as folder:
    site = Site(Path(folder)).write({"config.yaml": CONFIG, **FONTS})
    build_process._compile_layouts(BuildRequest(root=site.root, now=NOW), None)
