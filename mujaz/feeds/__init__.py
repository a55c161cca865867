"""Views to RSS, Atom, JSON Feed, OPML and sitemaps."""
