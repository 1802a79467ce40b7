"""Addresses and networks as people write them in a configuration."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

from referral_lint.patterns import compiled

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_ADDRESS = compiled(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?", re.ASCII)
_LOGIN = compiled(r"[^\s@*?,;<>\"]{1,64}")
_PATTERN = compiled(r"(?P<local>[^\s@*?,;<>\"]{1,64}@|@)?(?P<domain>[\w-]+(?:\.[\w-]+)*)")


def is_pattern(text: str) -> bool:
    """Can any address fit this? `*@b.example`, two addresses in one text, half a network, a bare name or `@council` cannot."""
    found = _PATTERN.fullmatch(text.strip())
    if found is None:
        return False
    # `duty@mail` is a mailbox of one machine; all that ends in `@council` is nobody.
    is_half = "." not in found["domain"] and (found["local"] or "@") == "@" and text.strip() != "@localhost"
    return not is_half and not found["domain"].rpartition(".")[2].isdigit()


def is_login(text: str) -> bool:
    """Can anybody who logs in fit this? A mail server may know them by a bare name or number."""
    return is_pattern(text) or _LOGIN.fullmatch(text.strip()) is not None


def is_address(text: str) -> bool:
    """One plain address, safe to write to."""
    return _ADDRESS.fullmatch(text) is not None


def fits(address: str, patterns: Iterable[str]) -> bool:
    """Is this address among them? `a@b.example` is one address; `@b.example` and `b.example` are all that end so."""
    address = address.lower()
    domain = address.rpartition("@")[2]
    for pattern in patterns:
        name, _, end = pattern.strip().lower().rpartition("@")
        if address == f"{name}@{end}" if name else domain == end or domain.endswith(f".{end}"):
            return True
    return False


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Raises ValueError for one that is none."""
    return tuple(ipaddress.ip_network(text.strip(), strict=False) for text in written)


def within(address: str, places: Iterable[Network]) -> bool:
    """Does this network address lie in one of the networks?"""
    try:
        place = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(place in network for network in places if place.version == network.version)


def is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return False
    return True
