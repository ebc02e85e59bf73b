"""Purposes, consent, retention and the access log; what is held about one contact."""
