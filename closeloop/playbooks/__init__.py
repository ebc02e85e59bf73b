"""Playbooks: what helps in which situation."""
