"""Archives of other systems to our articles."""
