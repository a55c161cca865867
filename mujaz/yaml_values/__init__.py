"""YAML to checked values that know their line and column."""
