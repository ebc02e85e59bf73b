"""Benches: what the product costs, as ratios to floors that are measured in the same run.

Each is `scripts/bench NAME [--json]`, makes a database of its own, and ends with one JSON object.
They load the product as its own processes do.
"""

import django

from closeloop.config import loading

with loading.for_good():
    django.setup()
