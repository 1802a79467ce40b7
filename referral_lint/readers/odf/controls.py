"""Form controls of OpenDocument files: what they show."""

from __future__ import annotations

from lxml import etree

from referral_lint.readers.odf.names import q

_LABEL, _VALUE, _CURRENT = q("form:label"), q("form:value"), q("form:current-value")
_STATE, _SELECTED = q("form:current-state"), q("form:current-selected")
_TYPE = q("field:type")
_TICKED = {"checked", "true", "1"}


def controls(root: etree._Element | None) -> dict[str, etree._Element]:
    """The form controls of a part by the id that the page uses."""
    found: dict[str, etree._Element] = {}
    for form in () if root is None else root.iter(q("office:forms")):
        for control in form.iter():
            name = control.get(q("xml:id")) or control.get(q("form:id"))
            if name:
                found[name] = control
    return found


def control_text(control: etree._Element | None) -> str:
    """A tick box with its words, or what was typed or chosen."""
    if control is None:
        return ""
    kind = etree.QName(control).localname
    label = control.get(_LABEL, "")
    if kind in ("checkbox", "radio"):
        state = control.get(_STATE) or control.get(_SELECTED) or control.get(q("form:state"), "")
        return f"{'☒' if state in _TICKED else '☐'} {label}".rstrip()
    if kind in ("listbox", "combobox"):
        chosen = [o.get(_LABEL, "") for o in control if o.get(_SELECTED) == "true"]
        return ", ".join(chosen) or control.get(_CURRENT, "")
    return control.get(_CURRENT) or control.get(_VALUE) or label


def field_mark(mark: etree._Element) -> str:
    """What a form field that came from Word shows, beside its own words."""
    values = {e.get(q("field:name"), ""): e.get(q("field:value"), "") for e in mark.iter(q("field:param"))}
    kind = mark.get(_TYPE, "")
    if kind.endswith("FORMCHECKBOX"):
        return "☒" if values.get("Checkbox_Checked") in _TICKED else "☐"
    return ""
