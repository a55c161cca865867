"""Every problem of a site in one run, from front matter to dead links."""
