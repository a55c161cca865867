"""Jinja layouts, and the JSON-LD that they print."""
