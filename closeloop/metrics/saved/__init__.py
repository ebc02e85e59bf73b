"""Views of figures that somebody keeps under a name, for himself or for others."""
