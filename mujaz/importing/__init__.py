"""Archives of other systems to articles of ours."""
