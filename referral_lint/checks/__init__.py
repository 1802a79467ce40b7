"""Checks for what a rule file cannot say, one a file; rules/registry.py lists them."""
