"""The rules of Closeloop as pure code: no web framework, no database, no clock.

The time, the facts and the actor's words are arguments; every decision is a value.
"""
