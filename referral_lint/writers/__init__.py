"""What a report looks like: one file an output, one line in a table."""
