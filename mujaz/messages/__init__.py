"""Problems, and messages for editors in English and in Arabic, whose words are those of the catalogue."""
