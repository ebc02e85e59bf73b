"""Clients of the vendors whose applications reach people: token, send, errors."""
