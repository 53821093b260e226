"""Who sent a request, as far as a network shows it: an address, and the network round it."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

from onroll.audit.middleware import source_address

NETWORK_BITS = {4: 24, 6: 48}
ADDRESS_BITS = {4: 32, 6: 64}
"""One household or office has all of a /64 of IPv6, and may send each form from another address."""


@dataclass(frozen=True)
class Sender:
    """An address and its network, in plain words. They are hashed before they are stored."""

    address: str
    network: str


def sender_of(request: HttpRequest) -> Sender:
    """Return the sender of a request, as our outermost proxy saw it (ONROLL_PROXIES)."""
    return sender_at(source_address(request))


def sender_at(text: str) -> Sender:
    """Return the sender at an address, with or without a port; what is no address is its own."""
    address = _parsed(text)
    if address is None:
        return Sender(text, text)
    address = getattr(address, "ipv4_mapped", None) or address
    return Sender(_within(address, ADDRESS_BITS), _within(address, NETWORK_BITS))


def _within(address: IPv4Address | IPv6Address, bits: dict[int, int]) -> str:
    return str(ip_network((address, bits[address.version]), strict=False))


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    """Return an address written as 192.0.2.1, 192.0.2.1:80, 2001:db8::1 or [2001:db8::1]:80."""
    host = text.partition("]")[0].removeprefix("[")
    host = host.rpartition(":")[0] if host.count(":") == 1 else host
    try:
        return ip_address(host)
    except ValueError:
        return None
