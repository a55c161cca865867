"""Finds the related stories to show under each article."""
