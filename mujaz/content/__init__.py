"""The files below content/ to articles; and the files of articles that are new, edited or moved."""
