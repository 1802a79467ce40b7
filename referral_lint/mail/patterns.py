"""Addresses and networks as people write them in a configuration."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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
