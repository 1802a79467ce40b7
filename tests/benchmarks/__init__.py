"""How fast and how large: referral-lint beside its peers, on the same documents, in one run. `python -m tests.benchmarks`.

Run by hand; installs nothing. Figures are processor seconds (medians), and the ratios hold better than the seconds.
"""
