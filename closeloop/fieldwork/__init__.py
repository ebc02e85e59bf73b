"""Follow-ups, their standards and the doubts about them."""
