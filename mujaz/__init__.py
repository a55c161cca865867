"""Mujaz (موجز), a static site generator for Arabic news: `mujaz.cli` is the door, `mujaz.build` the pipeline."""
