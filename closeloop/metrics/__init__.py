"""Figures: counts of what was recorded, kept by day, person and unit, and what they amount to."""
