"""Conversations and the promises made in them."""
