"""Feeds and sitemaps as they are written: RSS, Atom, JSON Feed, OPML, XML."""
