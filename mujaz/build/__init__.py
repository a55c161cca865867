"""The pipeline from files to a whole site, and its steps."""
