"""Imported by `spacy train --code`: makes the components known."""

from referral_lint.pipeline import register

register()
