"""What chat archives and mailboxes send, as messages of ours (pure)."""
