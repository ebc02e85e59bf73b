"""What wins are put down to: the effective contact that came before them (G18)."""
