"""Who gets a lead by rule: rule sets, groups, decisions with their reasons."""
