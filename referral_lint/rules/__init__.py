"""The rules: data in rules/, read, compiled to a closed set of kinds, and printed."""
