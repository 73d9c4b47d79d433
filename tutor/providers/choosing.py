"""Which model the learner chose: a small file in the data folder, and the provider it means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, assert_never
from urllib.parse import urlsplit

import msgspec

from tutor.environment import MODEL_KEY
from tutor.errors import MissingKeyError, ProviderError, UnknownModelError
from tutor.providers import smollm2
from tutor.providers.abilities import Ability, Memory, memory_of
from tutor.providers.keys import HostKey, Keys, Tell, system_keyring
from tutor.providers.patience import Wait
from tutor.providers.presets import Preset, Price, find_preset, is_loopback, tier_of
from tutor.providers.talk import Card, Provider, Served, Tier
from tutor.providers.wires import WireName, opener
from tutor.writing import write_private

if TYPE_CHECKING:
    from tutor.providers.asking import Remote

BUILT_IN = "built-in"


class ByName(msgspec.Struct, frozen=True, tag_field="kind", tag="preset"):
    """A preset; its own model unless another is named."""

    name: str
    model: str = ""


class ByAddress(msgspec.Struct, frozen=True, tag_field="kind", tag="address"):
    """Any other endpoint."""

    url: str
    model: str
    wire: WireName


class SmolLM2(msgspec.Struct, frozen=True, tag_field="kind", tag="smollm2"):
    """The small real model, run by the tutor itself."""


Choice: TypeAlias = ByName | ByAddress | SmolLM2


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A choice, spelled out."""

    name: str
    """What the learner calls it, and what its key is filed under."""
    url: str
    model: str
    wire: WireName
    variables: tuple[str, ...]
    key_needed: bool
    price: Price | None
    """None is unknown, never free."""
    thinks: bool = False
    """It thinks before it speaks, as far as its documents say."""

    @property
    def id(self) -> str:
        """What is learnt of the model is kept under this name."""
        return f"{self.wire.value} {self.url} {self.model}"

    @property
    def tier(self) -> Tier:
        """Hosted, or a server on this machine."""
        return tier_of(self.url)


def choose(folder: Path, choice: Choice | None) -> None:
    """Keep a choice, whole or not at all; None goes back to the built-in model."""
    path = _file(folder)
    try:
        if choice is None:
            path.unlink(missing_ok=True)
            return
        write_private(path, msgspec.json.encode(choice))
    except OSError as error:
        raise ProviderError(
            f"The choice could not be kept: {error.strerror}.", hint=f"check the folder {folder}"
        ) from error


def chosen(folder: Path) -> Choice | None:
    """The learner's choice; None is the built-in model. UnknownModelError for a damaged file."""
    try:
        choice: Choice = msgspec.json.decode(_file(folder).read_bytes(), type=Choice)
        if isinstance(choice, ByAddress):
            check_address(choice.url)  # the file may have been edited by hand
        if not isinstance(choice, SmolLM2):
            check_model(choice.model)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, ProviderError) as error:
        raise UnknownModelError(
            "The file that says which model you chose cannot be read.",
            hint="choose again: tutor model use NAME (names: tutor model list)",
        ) from error
    return choice


def chosen_provider(
    folder: Path,
    environ: Mapping[str, str],
    *,
    wait: Wait | None = None,
    tell: Tell = lambda _note: None,
) -> Provider | None:
    """The model that the learner chose, ready to be asked; None where they chose none.

    Nothing is sent and no server is started before the first request. Raises MissingKeyError,
    UnknownModelError.
    """
    choice = chosen(folder)
    if choice is None:
        return None
    return provider_of(choice, folder, environ, wait=wait, tell=tell)


def provider_of(
    choice: Choice,
    folder: Path,
    environ: Mapping[str, str],
    *,
    wait: Wait | None = None,
    tell: Tell = lambda _note: None,
) -> Provider:
    """The model that a choice means; raises as `chosen_provider` does."""
    match choice:
        case SmolLM2():
            return smollm2.provider(folder, environ)
        case ByName() | ByAddress():
            endpoint = endpoint_of(choice)
            key = key_for(endpoint, keys_of(folder, environ, tell))
            return open_endpoint(endpoint, key, wait, memory_for(folder, endpoint))
    assert_never(choice)


def choice_named(name: str) -> ByName | SmolLM2:
    """A choice as it is written in one word: `openai`, `ollama/qwen3:4b`, `smollm2`."""
    if name == smollm2.NAME:
        return SmolLM2()
    preset, _, model = name.partition("/")
    check_model(model)
    return ByName(find_preset(preset).name, model)


def price_of(choice: Choice | None) -> Price | None:
    """What a choice costs; None where nobody knows."""
    return endpoint_of(choice).price if isinstance(choice, ByName) else None


def keys_of(folder: Path, environ: Mapping[str, str], tell: Tell = lambda _note: None) -> Keys:
    """Where this learner's keys may lie."""
    return Keys(folder / "keys", environ, system_keyring(), tell)


def endpoint_of(choice: ByName | ByAddress) -> Endpoint:
    """A choice, spelled out; UnknownModelError where no model is named."""
    match choice:
        case ByName():
            return _preset_endpoint(find_preset(choice.name), choice.model)
        case ByAddress():
            host = urlsplit(choice.url).netloc
            return Endpoint(
                host, choice.url, choice.model, choice.wire, (MODEL_KEY.name,), False, None
            )
    assert_never(choice)


def _preset_endpoint(preset: Preset, model: str) -> Endpoint:
    name = model or preset.model
    if not name:
        raise UnknownModelError(
            f"{preset.title} has no model of its own: name the one that it runs.",
            hint=f"tutor model use {preset.name} --model NAME",
        )
    is_its_own = name == preset.model
    price = preset.price if is_its_own else None
    hosted = preset.tier is Tier.HOSTED
    return Endpoint(
        *(preset.name, preset.url, name, preset.wire, preset.keys, hosted, price),
        thinks=preset.thinks and is_its_own,
    )


def check_address(url: str) -> str:
    """An address that can be kept and shown; ProviderError says what is wrong with another."""
    try:
        parts = urlsplit(url.strip().rstrip("/"))
        is_address = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        is_address = is_address and _can_be_called(parts.hostname or "") and url.isprintable()
    except ValueError:
        is_address = False
    if not is_address:
        raise ProviderError("That is no address.", hint="one looks like http://127.0.0.1:8080/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ProviderError(
            "An address must hold no password, no key and no ?question.",
            hint="give the bare address, then: tutor model key NAME",
        )
    return parts.geturl()


def _can_be_called(host: str) -> bool:
    """Whether a look-up can spell it, and no two programs read it in two ways; or ValueError."""
    return bool(host.encode("idna")) and not re.search(r"[\s\\%]", host)


def check_model(name: str) -> None:
    """Raise UnknownModelError unless this can be sent, and shown, as the name of a model."""
    if not name.isprintable():
        raise UnknownModelError(
            "A model's name has no such signs in it.", hint="copy it again: --model NAME"
        )


def wants_a_key(folder: Path, name: str) -> None:
    """Raise UnknownModelError unless a key can be kept under this name."""
    choice = chosen(folder)
    if isinstance(choice, ByAddress) and endpoint_of(choice).name == name:
        return
    if not find_preset(name).keys:
        raise UnknownModelError(f"{name} wants no key.", hint=f"tutor model use {name} --model M")


def key_for(endpoint: Endpoint, keys: Keys) -> HostKey | None:
    """The key to send; MissingKeyError where one is needed, or would travel for all to read."""
    key = keys.find(endpoint.name, endpoint.variables)
    if key is None and endpoint.key_needed:
        raise MissingKeyError(
            f"{endpoint.name} needs a key, and there is none.",
            hint=f"tutor model key {endpoint.name}, or set {endpoint.variables[0]};"
            " without one: tutor model use built-in",
        )
    parts = urlsplit(endpoint.url)
    if key is not None and parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise MissingKeyError(
            f"{endpoint.url} is not encrypted: your key could be read on the way.",
            hint="use an https address",
        )
    return key


def models_at(choice: ByName | ByAddress, keys: Keys) -> list[Served]:
    """The models that the server of a choice has, be one named or not; ProviderError."""
    match choice:
        case ByName():
            preset = find_preset(choice.name)
            endpoint = _preset_endpoint(preset, choice.model or preset.model or "any")
        case ByAddress():
            endpoint = endpoint_of(choice)
        case _:
            assert_never(choice)
    return open_endpoint(endpoint, key_for(endpoint, keys)).models()


def memory_for(folder: Path, endpoint: Endpoint) -> Memory:
    """What is known of the model behind an endpoint, and where more of it is kept."""
    return memory_of(folder, endpoint.id, Ability(thinks=endpoint.thinks))


def open_endpoint(
    endpoint: Endpoint,
    key: HostKey | None,
    wait: Wait | None = None,
    memory: Memory | None = None,
) -> "Remote":
    """The provider behind an endpoint; nothing is sent yet."""
    card = Card(endpoint.name, endpoint.model, endpoint.tier)
    secret = key.secret if key else ""
    open_it = opener(endpoint.wire)
    return open_it(card, endpoint.url, endpoint.model, secret, wait=wait, memory=memory)


def _file(folder: Path) -> Path:
    return folder / "model.json"
