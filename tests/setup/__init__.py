"""What scripts/setup makes on a machine that lacks it."""
