"""Which model was chosen, and what asking it takes."""

from pathlib import Path

import pytest

from tests.providers.host import host
from tutor.errors import MissingKeyError, ProviderError, UnknownModelError
from tutor.providers import smollm2
from tutor.providers.choosing import (
    ByAddress,
    ByName,
    Choice,
    SmolLM2,
    check_address,
    check_model,
    choose,
    chosen,
    chosen_provider,
    endpoint_of,
)
from tutor.providers.offer import offer
from tutor.providers.talk import Message, Request, Tier, collect, user
from tutor.providers.wires import WireName

SECRET = "sk-Never-Show-This-1234"


@pytest.mark.parametrize(
    "choice",
    [
        None,
        ByName("openai"),
        ByName("ollama", "some-model"),
        ByAddress("https://example.com/v1", "m", WireName.ANTHROPIC),
        SmolLM2(),
    ],
)
def test_a_choice_is_kept_until_the_next_one(tmp_path: Path, choice: Choice | None) -> None:
    folder = tmp_path / "new" / "home"
    choose(folder, ByName("groq"))
    choose(folder, choice)
    assert chosen(folder) == choice
    assert len(list(folder.iterdir())) == (choice is not None)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "\x00",
        '{"kind":"oracle"}',
        '{"kind":"preset"}',
        '{"kind":"address","url":"http://[::1","model":"m","wire":"openai"}',
        '{"kind":"address","url":"http://a..b/v1","model":"m","wire":"openai"}',
        '{"kind":"preset","name":"openai","model":"\\u001b[2J"}',
    ],
)
def test_a_damaged_choice_says_how_to_choose_again(tmp_path: Path, content: str) -> None:
    (tmp_path / "model.json").write_text(content)
    with pytest.raises(UnknownModelError) as raised:
        chosen_provider(tmp_path, {})
    assert "tutor model use" in raised.value.hint
    assert not any(entry.chosen for entry in offer(tmp_path, {}))


def test_nothing_chosen_is_no_provider(tmp_path: Path) -> None:
    assert chosen_provider(tmp_path, {}) is None


def test_a_missing_key_says_how_to_give_one_and_how_to_do_without(tmp_path: Path) -> None:
    choose(tmp_path, ByName("mistral"))
    with pytest.raises(MissingKeyError) as raised:
        chosen_provider(tmp_path, {})
    for way in ("tutor model key mistral", "MISTRAL_API_KEY", "tutor model use built-in"):
        assert way in raised.value.hint


def test_a_preset_names_itself_and_where_it_runs(tmp_path: Path) -> None:
    choose(tmp_path, ByName("anthropic", "claude-of-my-choice"))
    provider = chosen_provider(tmp_path, {"ANTHROPIC_API_KEY": SECRET})
    assert provider is not None
    card = provider.card
    assert (card.name, card.model, card.tier) == ("anthropic", "claude-of-my-choice", Tier.HOSTED)


def test_another_model_of_a_host_does_not_go_by_the_price_of_its_usual_one() -> None:
    assert endpoint_of(ByName("openai")).price is not None
    assert endpoint_of(ByName("openai", "another")).price is None


def test_a_local_server_with_no_model_named_asks_for_the_name() -> None:
    with pytest.raises(UnknownModelError) as raised:
        endpoint_of(ByName("ollama"))
    assert raised.value.hint == "tutor model use ollama --model NAME"


def test_an_address_of_ones_own_is_asked_with_its_own_key_only(tmp_path: Path) -> None:
    with host() as server:
        choose(tmp_path, ByAddress(server.url, "m", WireName.OPENAI))
        provider = chosen_provider(tmp_path, {"OPENAI_API_KEY": SECRET, "TUTOR_MODEL_KEY": "mine"})
        assert provider is not None
        reply = collect(provider.stream(user("Hello?")))
    assert reply.text == "cat, dog"
    assert provider.card.tier is Tier.LOCAL
    ((_path, headers, body),) = server.asked
    assert headers["Authorization"] == "Bearer mine"
    assert body["model"] == "m"
    assert SECRET not in str(headers)


def test_a_key_does_not_travel_unencrypted(tmp_path: Path) -> None:
    choose(tmp_path, ByAddress("http://example.com/v1", "m", WireName.OPENAI))
    with pytest.raises(MissingKeyError, match="not encrypted"):
        chosen_provider(tmp_path, {"TUTOR_MODEL_KEY": SECRET})


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "ftp://example.com",
        "http://",
        "http://[::1",
        "http://host:port/v1",
        f"https://user:{SECRET}@example.com/v1",
        f"https://example.com/v1?key={SECRET}",
        f"https://example.com/v1#{SECRET}",
    ],
)
def test_an_address_that_cannot_be_kept_is_refused_without_quoting_it(url: str) -> None:
    with pytest.raises(ProviderError) as raised:
        check_address(url)
    assert SECRET not in f"{raised.value!r} {raised.value.hint}"


def test_an_address_is_kept_without_its_last_slash() -> None:
    assert check_address(" http://127.0.0.1:1/v1/ ") == "http://127.0.0.1:1/v1"


def test_smollm2_that_was_deleted_says_how_to_get_it_back(tmp_path: Path) -> None:
    choose(tmp_path, SmolLM2())
    with pytest.raises(UnknownModelError) as raised:
        chosen_provider(tmp_path, {})
    assert "tutor model install smollm2" in raised.value.hint


@pytest.mark.parametrize(
    ("request_", "roles"),
    [
        (user("Hello?"), ["system", "user"]),
        (user("Hello?", system="Be brief."), ["system", "user"]),
        (Request(prompt="Once upon a"), []),
        (
            Request((Message("user", "a"), Message("assistant", "b"))),
            ["system", "user", "assistant"],
        ),
    ],
)
def test_smollm2_never_answers_under_the_default_system_message_of_its_template(
    request_: Request, roles: list[str]
) -> None:
    sent = smollm2.with_system_message(request_)
    assert [message.role for message in sent.messages] == roles
    assert sent.prompt == request_.prompt
    assert smollm2.with_system_message(sent) is sent


@pytest.mark.parametrize(
    "url",
    [
        "http://a..b/v1",
        f"http://{'a' * 70}.com/v1",
        "http://127.0.0.1\\elsewhere/v1",
        "http://127.0.0.1%2eelsewhere/v1",
        "http://two words/v1",
        "http://example.com/\u202ev1",
    ],
)
def test_an_address_that_nobody_can_be_called_at_is_refused_before_it_is_kept(url: str) -> None:
    with pytest.raises(ProviderError):
        check_address(url)


@pytest.mark.parametrize(
    "url", ["http://[::1]:80/v1", "https://münchen.example/v1", "http://nas/v1"]
)
def test_an_unusual_address_is_still_an_address(url: str) -> None:
    assert check_address(url) == url


@pytest.mark.parametrize("name", ["\x1b[2J", "a\nb", "\udcff", "m\u202e"])
def test_a_name_that_a_terminal_would_obey_is_no_model(name: str) -> None:
    with pytest.raises(UnknownModelError):
        check_model(name)


def test_a_choice_that_could_not_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    (folder / "model.json").mkdir(parents=True)
    with pytest.raises(ProviderError):
        choose(folder, ByName("groq"))
    assert [path.name for path in folder.iterdir()] == ["model.json"]
