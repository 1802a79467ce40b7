"""A report, written for somebody: one file an output."""
