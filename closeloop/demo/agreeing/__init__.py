"""Approvals of the past: who asked for them, who said what and when, and the rows it left."""
