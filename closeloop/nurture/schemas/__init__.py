"""What the addresses about nurture take and give."""
