"""`nlp.add_pipe("referral_lint")` gives `doc._.findings` in anybody's spaCy pipeline.

Known to spaCy once referral-lint is installed; importing this module is enough otherwise.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from referral_lint.engine import Linter
from referral_lint.model import Document
from referral_lint.readers.text import parts_of


@Language.factory("referral_lint", default_config={"packs": ["core"]}, assigns=["doc._.findings"])
def make(nlp: Language, name: str, packs: list[str]) -> ReferralLint:  # noqa: ARG001  (spaCy passes all three)
    """The factory; raises RuleError if a pack cannot be used."""
    return ReferralLint(packs)


class ReferralLint:
    """A component that lints the text of each Doc and leaves `doc._.findings`, a tuple of Finding.

    Their spans count characters of `doc.text`, as `doc.char_span` wants them.
    """

    def __init__(self, packs: list[str]) -> None:
        if not Doc.has_extension("findings"):
            Doc.set_extension("findings", default=())
        self._linter = Linter(packs)

    def __call__(self, doc: Doc) -> Doc:
        # Not by way of bytes: decoding drops a byte order mark, and every span after it would be off by one.
        blocks, envelope = parts_of(doc.text)
        report = self._linter.check(Document("doc", doc.text, tuple(blocks), envelope=envelope))
        doc._.findings = report.findings
        return doc
