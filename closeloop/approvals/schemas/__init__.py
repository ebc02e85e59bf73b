"""What the endpoints of approvals take and give, by topic."""
