"""A Site to the planned pages of the output: what each page, feed and sitemap shows, as a closed view."""
