"""Behaviour, process, result: what leads to what, layer by layer (G08)."""
