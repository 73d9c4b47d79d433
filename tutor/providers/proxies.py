"""The proxy that the environment names for a host, by a reading that no entry of NO_PROXY breaks.

httpx refuses the whole of NO_PROXY for one address in brackets or one network that it cannot read,
and then no host at all can be reached. Here an entry that nobody can read excludes nobody.
"""

from ipaddress import ip_address, ip_network
from urllib.request import getproxies

WHEREVER = "*"


def proxy_for(scheme: str, host: str, port: int | None) -> str | None:
    """The address of the proxy to go through; None for the straight way."""
    named = getproxies()
    port = port or {"http": 80, "https": 443}.get(scheme)
    entries = named.get("no", "").replace(",", " ").split()
    if any(_excludes(entry.lower(), host.lower(), port) for entry in entries):
        return None
    found = named.get(scheme) or named.get("all")
    if not found:
        return None
    return found if "://" in found else f"http://{found}"


def _excludes(entry: str, host: str, port: int | None) -> bool:
    """Whether an entry of NO_PROXY means this host: a name, a suffix, an address, a network."""
    if entry == WHEREVER:
        return True
    entry = entry.rpartition("://")[2].rstrip("/") if "://" in entry else entry
    bare = entry.strip("[]")
    if _same_network(bare, host):
        return True
    name, colon, ending = entry.rpartition(":")
    if colon and ending.isdecimal() and name.count(":") == 0:
        return port == int(ending) and _excludes(name, host, None)
    suffix = bare.removeprefix("*").lstrip(".")
    return bool(suffix) and (host == suffix or host.endswith(f".{suffix}"))


def _same_network(entry: str, host: str) -> bool:
    try:
        return ip_address(host.strip("[]")) in ip_network(entry, strict=False)
    except ValueError:
        return False
