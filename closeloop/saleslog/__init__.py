"""The sales log: the day, its key events, and their surges."""
