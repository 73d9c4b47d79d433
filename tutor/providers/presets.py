"""Hosts and local servers that can be chosen by name: one dated data file, read into types."""

import datetime
import tomllib
from functools import cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import gethostname, inet_aton
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from tutor.errors import UnknownModelError
from tutor.providers.talk import Tier
from tutor.providers.wires import WireName

FOUR = 4
"""The version of the older addresses."""


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """US dollars for a million tokens."""

    read: float
    written: float

    def of(self, read: int, written: int) -> float:
        """What so many tokens cost, in US dollars."""
        return (read * self.read + written * self.written) / 1_000_000


class Preset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A host or a local server."""

    name: str
    title: str
    wire: WireName
    url: str
    source: str
    keys: tuple[str, ...] = ()
    """Environment variables that may hold its key; the first one set counts."""
    model: str = ""
    """A small, cheap model of its own; empty where the learner must name one."""
    price: Price | None = None
    """Of `model` only; None is unknown, never free."""
    thinks: bool = False
    """`model` thinks before it speaks, as far as its documents say."""
    unverified: tuple[Literal["url", "keys", "model", "price"], ...] = ()

    @property
    def tier(self) -> Tier:
        """Hosted, or a server on this machine."""
        return tier_of(self.url)


class Presets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them, as they were on a day."""

    checked_on: datetime.date
    preset: tuple[Preset, ...]


@cache
def all_presets() -> Presets:
    """The shipped data file."""
    text = files("tutor.providers").joinpath("presets.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Presets)


def find_preset(name: str) -> Preset:
    """The preset of this name; UnknownModelError for another."""
    for preset in all_presets().preset:
        if preset.name == name:
            return preset
    raise UnknownModelError(f"There is no model called {name!r}.", hint="see: tutor model list")


def tier_of(url: str) -> Tier:
    """Whoever answers at a loopback address is a local server; all others are hosts."""
    host = urlsplit(url).hostname or ""
    return Tier.LOCAL if is_loopback(host) else Tier.HOSTED


def is_loopback(host: str) -> bool:
    """Tell whether what is sent to this host stays on this machine, however it is spelled."""
    name = host.strip("[]").rstrip(".").lower()
    if name in _own_names() or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and (address.is_loopback or address.is_unspecified)


def callable_host(host: str) -> str:
    """A host as it is called: "every address of this machine" is a place to listen at only."""
    address = _address(host.strip("[]"))
    if address is None or not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == FOUR else "::1"


def _address(host: str) -> IPv4Address | IPv6Address | None:
    """An address in figures, also in the short ways that computers read: 127.1, 0x7f000001."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        try:
            return IPv4Address(inet_aton(host)) if host[:1].isdecimal() else None
        except (OSError, UnicodeError):
            return None
    return getattr(address, "ipv4_mapped", None) or address


@cache
def _own_names() -> frozenset[str]:
    """Names of this machine; none of them is looked up."""
    own = gethostname().lower()
    short = own.partition(".")[0]
    named = {own, short, f"{short}.local"} if short else set()
    return frozenset({"localhost", "localhost.localdomain", "ip6-localhost", *named})
