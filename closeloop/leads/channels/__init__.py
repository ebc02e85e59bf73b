"""The channel board: what each channel brought, what became of it, and what it cost."""
