"""All models on offer: what each is, where it runs, what it costs, whether it is ready."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tutor.errors import ProviderError
from tutor.providers import smollm2
from tutor.providers.choosing import (
    BUILT_IN,
    ByAddress,
    ByName,
    Choice,
    SmolLM2,
    chosen,
    endpoint_of,
    keys_of,
)
from tutor.providers.keys import Keys
from tutor.providers.presets import Preset, Price, all_presets
from tutor.providers.talk import Tier


class Offered(msgspec.Struct, frozen=True):
    """A model on offer."""

    name: str
    """As in `tutor model use NAME`."""
    title: str
    tier: Tier
    chosen: bool
    model: str = ""
    """Empty where the learner names one."""
    url: str = ""
    key: str | None = None
    """Where its key was found; None if there is none."""
    wants_key: bool = False
    price: Price | None = None
    """None is unknown, or nothing to pay: `tier` tells."""
    installed: bool = True
    unverified: tuple[str, ...] = ()
    checked_on: datetime.date | None = None


def offer(folder: Path, environ: Mapping[str, str]) -> list[Offered]:
    """Everything that can be chosen, the nearest first, and the learner's own address."""
    readable, now = True, None
    try:
        now = chosen(folder)
    except ProviderError:  # whoever lists is about to choose again
        readable = False
    keys = keys_of(folder, environ)
    is_built_in = readable and now is None
    entries = [
        Offered(BUILT_IN, "Four tiny models of the tutor's own", Tier.BUILT_IN, is_built_in),
        _smollm2(folder, now),
        *(_preset(preset, now, keys) for preset in all_presets().preset),
    ]
    if isinstance(now, ByAddress):
        entries.append(_address(now, keys))
    order = (Tier.BUILT_IN, Tier.LOCAL, Tier.HOSTED)
    return sorted(entries, key=lambda entry: order.index(entry.tier))


def _smollm2(folder: Path, now: Choice | None) -> Offered:
    return Offered(
        smollm2.NAME,
        "A real model of 2025, small: 135 million weights",
        Tier.LOCAL,
        isinstance(now, SmolLM2),
        model=smollm2.MODEL,
        installed=smollm2.is_installed(folder),
    )


def _preset(preset: Preset, now: Choice | None, keys: Keys) -> Offered:
    is_chosen = isinstance(now, ByName) and now.name == preset.name
    model = now.model if isinstance(now, ByName) and is_chosen else ""
    return Offered(
        preset.name,
        preset.title,
        preset.tier,
        is_chosen,
        model=model or preset.model,
        url=preset.url,
        key=_key(keys, preset.name, preset.keys),
        wants_key=preset.tier is Tier.HOSTED,
        price=preset.price if model in ("", preset.model) else None,
        unverified=preset.unverified,
        checked_on=all_presets().checked_on,
    )


def _address(now: ByAddress, keys: Keys) -> Offered:
    endpoint = endpoint_of(now)
    return Offered(
        endpoint.name,
        "Your own address",
        endpoint.tier,
        chosen=True,
        model=endpoint.model,
        url=endpoint.url,
        key=_key(keys, endpoint.name, endpoint.variables),
    )


def _key(keys: Keys, name: str, variables: tuple[str, ...]) -> str | None:
    try:
        found = keys.find(name, variables)
    except ProviderError:
        return "unusable"
    return found.where if found else None
