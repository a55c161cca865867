"""Stories to the index of their words that the search page reads."""
