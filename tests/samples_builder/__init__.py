"""Builds the invented drafts of samples/ that are not plain text: `python -m tests.samples_builder [NAME…]`.

Needs python-docx and reportlab, and nothing of referral-lint. Every person, place and number is invented.
The .txt samples have no builder: they are their own source.
"""
