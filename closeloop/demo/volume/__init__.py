"""Volumes for the benches: many deals by COPY, shaped like lived ones, in minutes."""
