"""Articles to one immutable Site: selected, linked, grouped."""
