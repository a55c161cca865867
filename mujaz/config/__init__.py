"""config.yaml and the strings of a language to checked settings."""
