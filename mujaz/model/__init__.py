"""The frozen values that travel down the pipeline, their digests, names and URLs."""
