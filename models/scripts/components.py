"""Imported by `spacy train --code`: makes the components known, and multiplies with numpy, which is quicker here than BLIS."""

from thinc.api import NumpyOps, set_current_ops

from referral_lint.pipeline import register

set_current_ops(NumpyOps(use_blis=False))
register()
