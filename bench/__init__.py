"""Benches: what the product costs, as ratios to floors that are measured in the same run.

Each is `scripts/bench NAME [--json]`, makes a database of its own, and ends with one JSON object.
"""

import django

django.setup()
