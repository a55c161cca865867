"""The desk: articles and standing pages written in a browser, without Git and without a terminal."""
