"""Nurturing leads that are not ready yet: paths, messages to outside people, templates."""
