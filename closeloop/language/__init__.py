"""The gateway to a configured language model."""
