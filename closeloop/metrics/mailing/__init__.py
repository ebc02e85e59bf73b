"""Figures that come by mail again and again, each reader's own."""
