"""What only saves work: one SQLite file, expensive artifacts, versions of code and libraries."""
