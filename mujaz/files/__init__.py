"""Files of a disk: walked, stamped to see their changes, written whole."""
