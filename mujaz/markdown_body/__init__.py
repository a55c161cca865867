"""A Markdown body to safe, typeset HTML."""
