"""`tutor model`: which model answers where a demo can use yours."""

from typing import TYPE_CHECKING, Annotated

import typer

from tutor.cli.options import AsJson, Plain, enter
from tutor.cli.room import Room, tell
from tutor.errors import NoAnswerError, ProviderError, UnknownModelError
from tutor.providers.wires import WireName

if TYPE_CHECKING:
    from tutor.providers.choosing import ByAddress, ByName, Choice, Endpoint
    from tutor.providers.trying import Tried

app = typer.Typer(help="Your own model: choose, try, keys, install.")
NAME = "A name from: tutor model list"
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.callback(invoke_without_command=True)
def model(ctx: typer.Context, *, plain: Plain = False) -> None:
    """Your own model: choose, try, keys, install. Without a command: the chosen one."""
    if ctx.invoked_subcommand is not None:
        return
    from tutor.providers.offer import offer
    from tutor.screen import model_view

    room = enter(ctx, plain=plain)
    room.terminal.say(*model_view.now_chosen(offer(room.settings.data, room.settings.environ)))


@app.command("list")
def list_(ctx: typer.Context, *, as_json: AsJson = False, plain: Plain = False) -> None:
    """List the models that you can choose: built in, on this machine, hosted."""
    import msgspec

    from tutor.providers.offer import offer
    from tutor.screen import model_view

    room = enter(ctx, plain=plain)
    entries = offer(room.settings.data, room.settings.environ)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(entries)).decode())
    else:
        room.terminal.say(*model_view.listing(entries))


@app.command("use")
def use(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=NAME, show_default=False)] = "",
    *,
    url: Annotated[str, typer.Option("--url", help="Any other address, up to /v1.")] = "",
    model: Annotated[str, typer.Option("--model", help="The model's name there.")] = "",
    wire: Annotated[WireName, typer.Option("--wire", help="What it speaks.")] = WireName.OPENAI,
) -> None:
    """Choose the model that demos ask; built-in goes back."""
    from tutor.providers.choosing import choose
    from tutor.providers.offer import offer
    from tutor.screen import model_view

    room = enter(ctx)
    choose(room.settings.data, _choice(room, name, url, model, wire))
    room.terminal.say(*model_view.now_chosen(offer(room.settings.data, room.settings.environ)))


def _choice(room: Room, name: str, url: str, model: str, wire: WireName) -> "Choice | None":
    from msgspec.structs import replace

    from tutor.providers import smollm2
    from tutor.providers.choosing import (
        BUILT_IN,
        ByAddress,
        ByName,
        SmolLM2,
        check_address,
        check_model,
    )
    from tutor.providers.presets import find_preset

    check_model(model)
    if url:
        if name:
            hint = "tutor model use --url URL --model NAME"
            raise UnknownModelError(
                "An address goes with --model, and with no other name.", hint=hint
            )
        at = ByAddress(check_address(url), model, wire)
        return at if model else replace(at, model=_of_those_there(room, at))
    match name:
        case "":
            raise UnknownModelError("Which model?", hint="tutor model list")
        case _ if name == BUILT_IN:
            return None
        case smollm2.NAME:
            smollm2.serving(room.settings.data, room.settings.environ)
            return SmolLM2()
        case _:
            choice = ByName(name, model)
            if not (model or find_preset(name).model):
                choice = ByName(name, _of_those_there(room, choice))
            return choice


def _of_those_there(room: Room, choice: "ByName | ByAddress") -> str:
    """The model that the learner picks from those that the server has: by its number."""
    from tutor.player.commands import number_typed
    from tutor.providers.choosing import ByName, keys_of, models_at
    from tutor.screen import model_view

    where = choice.name if isinstance(choice, ByName) else "--url URL"
    hint = f"tutor model use {where} --model NAME"
    try:
        there = models_at(choice, keys_of(room.settings.data, room.settings.environ))
    except ProviderError as error:
        said = f"Name the model that it runs; the server could not be asked. {error.message}"
        raise UnknownModelError(said, hint=hint) from error
    if not there:
        raise UnknownModelError("The server lists no models: name one.", hint=hint)
    room.terminal.say(*model_view.served(there))
    if len(there) == 1:
        return there[0].name
    if not room.terminal.is_interactive:
        raise UnknownModelError("Name one of these.", hint=hint)
    while (number := number_typed(room.terminal.ask("Number: ").strip(), len(there))) is None:
        room.terminal.say(model_view.WHICH)
    return there[number - 1].name


@app.command("test")
def try_(ctx: typer.Context, *, yes: Yes = False, plain: Plain = False) -> None:
    """Ask the chosen model one short question; say what it can do."""
    from tutor.providers.built_in import built_in
    from tutor.providers.choosing import ByAddress, ByName, chosen, chosen_provider, endpoint_of
    from tutor.providers.trying import attempt
    from tutor.screen import model_view

    room = enter(ctx, plain=plain)
    choice = chosen(room.settings.data)
    provider = chosen_provider(room.settings.data, room.settings.environ, tell=tell) or built_in(
        "sft"
    )
    if isinstance(choice, ByName | ByAddress):
        endpoint, needs = endpoint_of(choice), provider.card.room
        if not _agreed(room, endpoint, needs, yes=yes):
            typer.echo("Nothing was asked.")
            return
    tried = attempt(provider)
    room.terminal.say(*model_view.trial(tried))
    _refuse_half(tried)


def _refuse_half(tried: "Tried") -> None:
    """Half a reply, or none, is no proof that a model works, whatever it showed until then."""
    from tutor.providers.talk import BROKEN_OFF

    if tried.ending in BROKEN_OFF:
        raise ProviderError(
            "The reply was cut off before its end.",
            hint="Try again: tutor model test. If it stays so, another one: tutor model list.",
        )
    if not tried.text.strip():
        raise NoAnswerError(
            "It came to no answer.",
            hint="Choose one that thinks less, or another one: tutor model list.",
        )


def _agreed(room: Room, endpoint: "Endpoint", needs: int, *, yes: bool) -> bool:
    from tutor.providers.talk import Tier
    from tutor.screen import model_view

    if endpoint.tier is not Tier.HOSTED or yes:
        return True
    room.terminal.say(*model_view.before_a_trial(endpoint, needs))
    return room.confirms("Ask it?")


@app.command("key")
def key(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help=NAME + ", or the host of your own address.")],
    *,
    forget: Annotated[bool, typer.Option("--forget", help="Delete the stored key.")] = False,
) -> None:
    """Store the key for a host: asked for unseen, kept in a file that only you can read."""
    from tutor.cli.hidden import hidden
    from tutor.providers import keys
    from tutor.providers.choosing import keys_of, wants_a_key

    room = enter(ctx)
    place = keys_of(room.settings.data, room.settings.environ)
    if forget:
        typer.echo("Deleted." if place.forget(name) else f"There was no key for {name}.")
        return
    wants_a_key(room.settings.data, name)
    secret, changed = keys.clean(hidden(f"Key for {name} (it is not shown): "))
    keys.check(secret)
    place.store(name, secret)
    if changed:
        typer.echo("Brackets, quotes or spaces around it were taken off.")
    typer.echo(f"Kept, for your eyes only. To use it: tutor model use {name}")


@app.command("install")
def install(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="smollm2")],
    *,
    plain: Plain = False,
) -> None:
    """Fetch SmolLM2, a small real model (130 MB), and what runs it; check both and keep them."""
    from tutor.providers import installing, smollm2
    from tutor.screen.fetching import Fetching

    room = enter(ctx, plain=plain)
    _must_be_smollm2(name)
    if smollm2.is_installed(room.settings.data):
        typer.echo("SmolLM2 is installed already. To choose it: tutor model use smollm2")
        return
    try:
        with Fetching(room.terminal) as fetching:
            installing.install(room.settings.data, room.settings.environ, fetching.show)
    except KeyboardInterrupt:
        typer.echo("Stopped; nothing was kept. To begin again: tutor model install smollm2")
        raise
    typer.echo("Installed and checked. To choose it: tutor model use smollm2")


@app.command("remove")
def remove(ctx: typer.Context, name: Annotated[str, typer.Argument(help="smollm2")]) -> None:
    """Delete SmolLM2 and what runs it."""
    from tutor.providers import installing
    from tutor.providers.choosing import SmolLM2, choose, chosen

    room = enter(ctx)
    _must_be_smollm2(name)
    was_there = installing.remove(room.settings.data)
    typer.echo("SmolLM2 is deleted." if was_there else "SmolLM2 was not installed.")
    if isinstance(chosen(room.settings.data), SmolLM2):
        choose(room.settings.data, None)
        typer.echo("Demos use the built-in model again.")


def _must_be_smollm2(name: str) -> None:
    if name != "smollm2":
        hint = "tutor model install smollm2"
        raise UnknownModelError(f"Only smollm2 can be installed, not {name!r}.", hint=hint)
