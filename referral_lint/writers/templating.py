"""Templates of pages that load nothing from anywhere: how they are filled in, and what a page's policy lets through."""

from __future__ import annotations

import base64
import hashlib

from jinja2 import Environment, PackageLoader, StrictUndefined


def environment(package: str) -> Environment:
    """The templates of a package. What they are given is only ever text; what they are not given is an error."""
    return Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # an update while a program runs would fill a new template in with what old code gives
        trim_blocks=True,
        lstrip_blocks=True,
    )


def source(templates: Environment, name: str) -> str:
    """A style sheet or script that lies beside the templates, as it stands in the page."""
    assert templates.loader is not None
    return templates.loader.get_source(templates, name)[0]


def fingerprint(text: str) -> str:
    """By which the page's policy lets this style sheet or script through and nothing else."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
