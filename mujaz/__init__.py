"""Mujaz (موجز), a static site generator for Arabic news: `mujaz.cli` is the door, `mujaz.build` the pipeline."""

import zoneinfo

# Time zones come from the locked tzdata package: a machine's own database must not move a byte (law 1).
zoneinfo.reset_tzpath(to=())
