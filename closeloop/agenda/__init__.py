"""Somebody's days ahead, and their calendar feed."""
