"""`python -m referral_lint` is the command `referral-lint`."""

from referral_lint.cli import main

if __name__ == "__main__":
    main()
