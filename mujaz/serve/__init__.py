"""The local server: write, save, look."""
