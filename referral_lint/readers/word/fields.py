"""Fields and legacy form fields: what they show, as against how they are made."""

from __future__ import annotations

from lxml import etree

from referral_lint.readers.word import names as n

_TYPE = n.q("w:fldCharType")
_ENTRY, _RESULT, _DEFAULT, _CHECKED = n.q("w:listEntry"), n.q("w:result"), n.q("w:default"), n.q("w:checked")
_SHOWN = (n.TEXT, n.SYMBOL, n.q("w:tab"), n.q("w:br"), n.q("w:noBreakHyphen"))


class Fields:
    """The elements of one part that stand in a field's instruction, and so are never shown.

    A field can begin in one paragraph and end in another; one that never ends hides nothing.
    """

    def __init__(self, root: etree._Element) -> None:
        self.instructions: set[etree._Element] = set()
        open_fields: list[list[etree._Element] | None] = []  # what each hides so far; None after its separator
        for element in root.iter(n.FIELD_CHARACTER, *_SHOWN):
            if element.tag != n.FIELD_CHARACTER:
                hiding = next((kept for kept in open_fields if kept is not None), None)
                if hiding is not None:
                    hiding.append(element)
                continue
            kind = element.get(_TYPE)
            if kind == "begin":
                open_fields.append([])
            elif kind == "separate" and open_fields:
                self._close(open_fields, instruction_only=True)
            elif kind == "end" and open_fields:
                self._close(open_fields)
                open_fields.pop()

    def _close(self, open_fields: list[list[etree._Element] | None], instruction_only: bool = False) -> None:
        self.instructions.update(open_fields[-1] or ())
        if instruction_only:
            open_fields[-1] = None


def field_text(character: etree._Element) -> str:
    """What a legacy check box or drop-down list shows, "" for every other field character."""
    data = character.find(n.FORM_FIELD)
    if data is None:
        return ""
    box = data.find(n.q("w:checkBox"))
    if box is not None:
        state = box.find(_CHECKED)
        if state is None:
            state = box.find(_DEFAULT)
        return "☒" if state is not None and n.switched_on(state.get(n.VALUE)) else "☐"
    choices = data.find(n.q("w:ddList"))
    return "" if choices is None else _chosen_entry(choices)


def _chosen_entry(choices: etree._Element) -> str:
    entries = [entry.get(n.VALUE, "") for entry in choices.findall(_ENTRY)]
    result = choices.find(_RESULT)
    if result is None:
        result = choices.find(_DEFAULT)
    number = "0" if result is None else result.get(n.VALUE, "0")
    return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
