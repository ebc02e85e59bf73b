"""Pilots (试点): something switched on for one unit, and what that changed (P05)."""
