"""The people of the draft: their names and other mentions tied together, and the role of each."""

from referral_lint.understanding.people.candidates import Name
from referral_lint.understanding.people.find import find
from referral_lint.understanding.people.names import find as find_names

__all__ = ["Name", "find", "find_names"]
