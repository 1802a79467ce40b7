"""`nlp.add_pipe("referral_lint")` gives `doc._.findings` in anybody's spaCy pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

from spacy.language import Language as _Language


@_Language.factory("referral_lint", default_config={"packs": ["core"]}, assigns=["doc._.findings"])
def make(nlp: Language, name: str, packs: list[str]) -> ReferralLint:  # noqa: ARG001  (spaCy passes all three)
    """The factory; raises RuleError if a pack cannot be used."""
    return ReferralLint(packs)


class ReferralLint:
    """A component that lints the text of each Doc and leaves `doc._.findings`, a tuple of Finding."""

    def __init__(self, packs: list[str]) -> None:
        from spacy.tokens import Doc

        from referral_lint.engine import Linter

        if not Doc.has_extension("findings"):
            Doc.set_extension("findings", default=())
        self._linter = Linter(packs)

    def __call__(self, doc: Doc) -> Doc:
        from referral_lint.model import Source

        report = self._linter.lint(Source("doc", doc.text.encode("utf-8"), "text/plain"))
        doc._.findings = tuple(f for d in report.documents for f in d.findings)
        return doc
