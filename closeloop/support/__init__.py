"""Support cases and who answers them."""
