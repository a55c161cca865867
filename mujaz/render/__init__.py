"""A view to the bytes of its file."""
