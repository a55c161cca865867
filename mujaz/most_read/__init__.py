"""The file of hits, and access logs counted into it."""
