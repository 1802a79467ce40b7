"""What this program's own copies carry, so that they are known again and never sent."""

from __future__ import annotations

OUR_NAME = "referral-lint"  # the author of our comments
CHECKED_COPY = "referral-lint checked copy"  # a document property
