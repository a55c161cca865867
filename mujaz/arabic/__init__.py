"""What the program knows of the language: letters, typography, direction, dates."""
