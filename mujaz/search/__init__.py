"""Records of stories to the files of Pagefind."""
