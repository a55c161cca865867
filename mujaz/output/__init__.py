"""The output folder: built as a second tree, then swapped in whole."""
