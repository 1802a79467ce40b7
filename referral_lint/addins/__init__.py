"""Where people write: add-ins for Thunderbird, Outlook and Word that ask `referral-lint serve` on the same machine."""
