"""Leads from every channel: one way in, one lead per person, nothing lost, nothing doubled."""
