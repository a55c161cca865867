"""Which stories stand under which article."""
