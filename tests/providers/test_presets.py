"""Hosts and local servers that can be chosen by name."""

import datetime
import socket
from urllib.parse import urlsplit

import pytest

from tutor.errors import UnknownModelError
from tutor.providers.asking import Remote
from tutor.providers.misfits import FORMATS
from tutor.providers.presets import Preset, Price, all_presets, find_preset, tier_of
from tutor.providers.talk import Card, Tier
from tutor.providers.wires import WireName, opener

PRESETS = all_presets().preset
PROMISED = {
    "openai": Tier.HOSTED,
    "anthropic": Tier.HOSTED,
    "gemini": Tier.HOSTED,
    "huggingface": Tier.HOSTED,
    "openrouter": Tier.HOSTED,
    "mistral": Tier.HOSTED,
    "groq": Tier.HOSTED,
    "ollama": Tier.LOCAL,
    "lmstudio": Tier.LOCAL,
    "vllm": Tier.LOCAL,
    "llamacpp": Tier.LOCAL,
}


def test_every_promised_host_can_be_chosen_by_name_and_runs_where_it_says() -> None:
    assert {preset.name: preset.tier for preset in PRESETS} == PROMISED


def test_the_data_say_on_which_day_they_were_true() -> None:
    assert all_presets().checked_on >= datetime.date(2026, 11, 22)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_preset_can_be_asked_as_it_stands(preset: Preset) -> None:
    parts = urlsplit(preset.url)
    assert parts.hostname
    assert not preset.url.endswith("/")
    assert not parts.query
    assert preset.source
    if preset.tier is Tier.HOSTED:
        assert parts.scheme == "https"
        assert preset.keys
        assert preset.model


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_an_unknown_price_is_unknown_and_never_nothing(preset: Preset) -> None:
    assert preset.price is None or min(preset.price.read, preset.price.written) > 0


def test_a_price_counts_what_is_read_and_what_is_written() -> None:
    assert Price(read=3.0, written=15.0).of(1_500, 400) == pytest.approx(0.0105)


def test_a_misspelt_name_says_where_the_names_are() -> None:
    with pytest.raises(UnknownModelError) as raised:
        find_preset("opanai")
    assert "tutor model list" in raised.value.hint


@pytest.mark.parametrize(
    ("url", "tier"),
    [
        ("http://127.0.0.1:8080/v1", Tier.LOCAL),
        ("http://127.9.9.9/v1", Tier.LOCAL),
        ("http://localhost:1234", Tier.LOCAL),
        ("http://LOCALHOST.:1234", Tier.LOCAL),
        ("http://0.0.0.0:11434", Tier.LOCAL),
        ("http://[::]:11434", Tier.LOCAL),
        ("http://[::ffff:127.0.0.1]:11434", Tier.LOCAL),
        ("http://127.1:11434", Tier.LOCAL),
        ("http://models.localhost:11434", Tier.LOCAL),
        (f"http://{socket.gethostname()}:11434", Tier.LOCAL),
        (f"http://{socket.gethostname().partition('.')[0]}.local:11434", Tier.LOCAL),
        ("http://[::1]:9/v1", Tier.LOCAL),
        ("https://localhost.example.com/v1", Tier.HOSTED),
        ("https://127.0.0.1.example.com/v1", Tier.HOSTED),
        ("http://192.168.1.5:11434/v1", Tier.HOSTED),
        ("https://api.example.com/v1", Tier.HOSTED),
    ],
)
def test_only_what_stays_on_this_machine_counts_as_local(url: str, tier: Tier) -> None:
    assert tier_of(url) is tier


@pytest.mark.parametrize("name", WireName)
def test_each_wire_format_is_a_file_that_opens_a_model(name: WireName) -> None:
    opened = opener(name)(Card("there", "m", Tier.LOCAL), "http://127.0.0.1:9", "m")
    assert isinstance(opened, Remote)
    assert opened.wire.name is name
    assert name.value in FORMATS
