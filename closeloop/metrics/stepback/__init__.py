"""Step-backs and flapping: where they pile up, and what would explain it (C13)."""
