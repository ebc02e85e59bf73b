"""By what a person is known as one and the same: numbers, addresses, ids at channels."""
