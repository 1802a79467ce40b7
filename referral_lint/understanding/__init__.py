"""What the draft is: kind, mode, purposes, people and their roles, statements, information shared."""
