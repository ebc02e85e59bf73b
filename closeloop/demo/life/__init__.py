"""How the demo company lives: its people as SimPy processes in simulated time.

They only know the verbs of `ledger.verbs`: what a gate lacks they learn from its missing items, and
what they cannot supply keeps them waiting, as in the product.
"""
