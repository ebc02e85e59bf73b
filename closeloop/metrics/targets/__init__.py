"""Targets of units and people against what they won (J05)."""
