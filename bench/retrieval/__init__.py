"""How well the library answers colloquial questions."""
