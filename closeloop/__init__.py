"""Closeloop: process-driven sales management."""
