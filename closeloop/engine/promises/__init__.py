"""Promises in what was said, and the days that people name in Chinese; standard library only."""
