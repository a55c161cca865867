"""The desk: articles written in a browser, without Git and without a terminal."""
