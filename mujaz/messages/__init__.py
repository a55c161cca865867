"""Messages for editors, in English and in Arabic."""
