"""Mujaz (موجز): a static site generator for an Arabic news digest. `mujaz.cli` is the door, `mujaz.build` the pipeline."""
