"""The ways out: one module per channel, and what a delivery may come to."""
