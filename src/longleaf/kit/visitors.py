"""Where a request comes from, as far as that can be known behind proxies."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# One household or one phone has a whole network of this size, and takes another address from it whenever it likes.
IPV6_NETWORK = 64


def visitor_of(request: HttpRequest) -> str:
    """The network address of a visitor (for IPv6 its /64), or the nearest address that is known.

    Each proxy writes the address of whoever spoke to it at the end of `X-Forwarded-For`. What stands before the
    entries of our own proxies (`settings.TRUSTED_PROXIES` says how many) was written by the visitor, and anybody can
    write anything; so it is counted from the end.
    """
    forwarded = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(forwarded) >= trusted:
        return _network(forwarded[-trusted])
    return _network(request.META.get("REMOTE_ADDR", ""))


def _network(text: str) -> str:
    """The address, or the network it shares; as it stands where it is no address."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return text[:100]
    if address.version == 6 and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, IPV6_NETWORK), strict=False))
