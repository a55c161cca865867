"""The files below content/ to articles, and the file of a new one."""
