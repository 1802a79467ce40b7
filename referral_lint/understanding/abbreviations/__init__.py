"""Abbreviations of the draft: where each first stands, whether it is explained, and what it can mean to whom."""
