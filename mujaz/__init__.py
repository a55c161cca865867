"""Mujaz (موجز), a static site generator for Arabic news: `mujaz.cli` is the door, `mujaz.build.entry` the pipeline."""

import os
import sys

VERSION = "0.2.0"

# numpy loads a BLAS that would start threads, and a fork must not happen beside threads. Nothing here needs them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Time zones come from the locked tzdata package: a machine's own database must not move a byte (law 1).
os.environ["PYTHONTZPATH"] = ""  # read when zoneinfo is loaded, which a build with nothing to do need not do
if "zoneinfo" in sys.modules:
    sys.modules["zoneinfo"].reset_tzpath(to=())
