"""How much the pages of a PDF draw, asked before they are read: a drawing can call others, and each of them others again."""

from __future__ import annotations

import io
import logging
from collections import Counter
from itertools import islice
from typing import Any

from referral_lint.patterns import compiled
from referral_lint.readers import Limits, Unreadable

_MOST_DRAWN = 100_000_000  # bytes of commands of one page; a drawing counts as often as it is called
_COST = 1_000  # bytes that a call counts as, however short what it calls
_DEEPEST = 40  # pdfium goes no deeper
_FORM = compiled(rb"/(?:F|#46)(?:o|#6[fF])(?:r|#72)(?:m|#6[dD])(?![A-Za-z])")
_ENDS = rb"\s/<>\[\](){}%"
_CALL = compiled(rb"/([^%b]+)\s+Do(?![^%b])" % (_ENDS, _ENDS))
_ANY_CALL = compiled(rb"(?<![^\s\])>}])Do(?![^%b])" % _ENDS)
_TOO_MUCH = (
    "The PDF draws far more than it shows, and cannot be read safely. Print it to PDF again, and check that file."
)


def measure_drawings(data: bytes, limits: Limits) -> None:
    """Raises `Unreadable` if a page draws more than is safe. Of a file too damaged to be asked nothing is known."""
    if not _FORM.search(data):
        return
    import pypdf  # only here: it takes long to load

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        drawn = _Drawn()
        most = max((drawn.by_page(page) for page in islice(reader.pages, limits.pages)), default=0)
    except Exception:  # damaged files break it in any way
        logging.getLogger(__name__).debug("a damaged PDF could not be measured")
        return
    if most > _MOST_DRAWN:
        raise Unreadable(_TOO_MUCH)


class _Drawn:
    """Adds up what is drawn; what each drawing (a “form”) costs is worked out once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}

    def by_page(self, page: Any) -> int:
        contents = _object(page.get("/Contents"))
        streams = contents if isinstance(contents, list) else [contents]
        return self._cost(b"\n".join(_data(_object(stream)) for stream in streams), _object(page.get("/Resources")), 0)

    def _cost(self, commands: bytes, resources: Any, level: int) -> int:
        """The bytes of these commands, and of those that they call."""
        found = _object((resources or {}).get("/XObject")) or {}
        forms = {name: form for name, one in found.items() if _is_form(form := _object(one))}
        if not forms or level > _DEEPEST:
            return len(commands)
        called = Counter("/" + name.decode("latin-1") for name in _CALL.findall(commands))
        costs = {name: self._form(form, resources, level) for name, form in forms.items()}
        unclear = len(_ANY_CALL.findall(commands)) - called.total()  # a name in a spelling of its own
        unclear += sum(times for name, times in called.items() if "#" in name)
        return len(commands) + sum(costs[name] * called[name] for name in costs) + max(0, unclear) * max(costs.values())

    def _form(self, form: Any, inherited: Any, level: int) -> int:
        own = _object(form.get("/Resources"))
        key = (form.indirect_reference.idnum, 0 if own else id(inherited))
        if key not in self._known:
            self._known[key] = 0  # one that calls itself is drawn no further
            self._known[key] = _COST + self._cost(_data(form), own or inherited, level + 1)
        return self._known[key]


def _object(reference: Any) -> Any:
    return None if reference is None else reference.get_object()


def _is_form(one: Any) -> bool:
    return hasattr(one, "get_data") and one.get("/Subtype") == "/Form"


def _data(stream: Any) -> bytes:
    data: bytes = stream.get_data() if hasattr(stream, "get_data") else b""
    return data
