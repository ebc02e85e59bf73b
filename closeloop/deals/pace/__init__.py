"""How fast deals move: stages updated in time, updates demanded, days until won (C15, C21)."""
