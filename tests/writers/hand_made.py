"""Reports built by hand, so that outputs are tested without a rule or a reader."""

from referral_lint.model import Block, BlockKind, Document, DocumentReport, Finding, Severity, Span


def finding(text, words, severity="fix", rule="vague-frequency", family="ambiguity", **more):
    """A finding on the first `words` in the text; about the whole document if `words` is empty."""
    at = text.index(words)
    where = {"line": text.count("\n", 0, at) + 1, "column": at - text.rfind("\n", 0, at)}
    return Finding(
        **{
            "rule": rule,
            "family": family,
            "severity": Severity(severity),
            "message": f"“{words}” could mean anything.",
            "suggestion": "Say how many times.",
            "why": "Because.",
            "source": "S26",
            "span": Span(at, at + len(words)) if words else None,
            "text": words,
            "where": where if words else {},
            "fingerprint": "0123456789abcdef",
            **more,
        }
    )


def document(text, *findings, source="draft.txt", part="", **more):
    whole = Document(source, text, (Block(0, len(text), BlockKind.PARAGRAPH),), part=part)
    return DocumentReport(whole, findings=findings, **more)
