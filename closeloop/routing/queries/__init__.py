"""Reading routing: rule sets, groups, why a record went where it went, tests, fairness."""
