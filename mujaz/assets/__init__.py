"""Files made from files: pictures, share cards, fonts, CSS and JavaScript."""
