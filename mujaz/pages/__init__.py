"""A Site to the planned pages of the output, each with its closed view."""
