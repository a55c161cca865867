"""The files below content/ to articles, and the file of a new one and of one that is changed or moved."""
