"""A message and its attachments say things together: what the body states, the attached form need not, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from referral_lint.model import Document, Status
from referral_lint.understanding.setting import Setting

if TYPE_CHECKING:
    from referral_lint.understanding.draft import Draft

_ATTACHED = "attachment: "


def groups(documents: Sequence[Document]) -> Iterable[tuple[int, ...]]:
    """The places of documents that one writer sends as one message, two or more together, in order."""
    found: dict[str, list[int]] = {}
    for i, document in enumerate(documents):
        if document.text.strip():
            found.setdefault(_message(document), []).append(i)
    return (tuple(places) for places in found.values() if len(places) > 1)


def _message(document: Document) -> str:
    """The part that is the message itself; a forwarded message is a message of its own, not this writer's words."""
    if document.part == "body":
        return ""
    if document.envelope is not None:
        return document.part
    return document.part.rpartition(_ATTACHED)[0].rstrip(" >") if _ATTACHED in document.part else document.part


def forwarding(documents: Sequence[Document]) -> Iterable[int]:
    """The places of messages that send another message on, as a file: whom that tells of is not asked."""
    sent_on = {
        document.part.rpartition(_ATTACHED)[0].rstrip(" >")
        for document in documents
        if document.envelope is not None and _ATTACHED in document.part
    }
    return (
        i for i, document in enumerate(documents) if document.envelope is not None and _message(document) in sent_on
    )


def settings(drafts: Sequence[Draft]) -> list[Setting]:
    """The setting in which each is to be judged: what one of them states, none lacks; the rest the longest is asked for."""
    said = [{s.name: s.status for s in draft.statements} for draft in drafts]
    stated = {name for statuses in said for name, status in statuses.items() if status is Status.PRESENT}
    asked = {name for statuses in said for name, status in statuses.items() if status is Status.ABSENT}
    main = max(range(len(drafts)), key=lambda i: len(drafts[i].text))
    tells, danger = any(draft.tells for draft in drafts), any(draft.urgent for draft in drafts)
    found = [_setting(draft, said[i], stated, asked if i == main else set()) for i, draft in enumerate(drafts)]
    return [replace(setting, tells=tells, danger=danger) for setting in found]


def _setting(draft: Draft, own: Mapping[str, Status], stated: set[str], asked: set[str]) -> Setting:
    known = dict(draft.setting.statements)
    for name, status in own.items():
        if name in known or status is Status.PRESENT:
            continue
        if name in stated:
            known[name] = Status.PRESENT.value if status is Status.ABSENT else status.value
        elif name in asked:
            known[name] = Status.ABSENT.value
        else:
            known[name] = Status.NOT_APPLICABLE.value
    return replace(draft.setting, statements=tuple(known.items()))
