"""Problems, and messages for editors in English and in Arabic."""
