"""Messages from providers: their envelopes, and what they say (pure)."""
