"""Configuration for web servers and hosts, and the upload to them."""
