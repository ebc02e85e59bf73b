"""What stands on boards beside figures: coverage, lists, blockers, rankings, the battle map."""
