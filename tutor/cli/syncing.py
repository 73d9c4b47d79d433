"""Syncs with record stores: before the learner's eyes, or unseen."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec
import typer
from msgspec.structs import replace

from tutor.cli.recording import say, scribe, shelf
from tutor.cli.room import Room, tell
from tutor.errors import StoreError, TutorError
from tutor.progress.journal import Journal
from tutor.progress.moments import local_now
from tutor.records import latest, telling, unseen
from tutor.records.client import Client
from tutor.records.filling import to_come
from tutor.records.latest import Latest
from tutor.records.machine import Machine
from tutor.records.outbox import Outbox, Standing
from tutor.records.outbox_file import FILE
from tutor.records.stores import Added, Shelf
from tutor.records.sync import Synced, sync
from tutor.records.turns import one_sync

STOPPED = "Stopped. What was confirmed is noted, the rest waits: tutor records sync"
NOTHING = Standing(acknowledged=0, waiting=0, refused=())


def openly(room: Room, name: str, *, again: bool = False) -> None:
    """Sync with a store, or with all; the first that fails is raised once all were asked.

    What was refused goes out once more where that is wanted.
    """
    stores = shelf(room)
    chosen = stores.chosen(name)
    failed: list[StoreError] = []
    try:
        with one_sync(room.settings.records), _machine(room) as machine:
            for store in chosen:
                if again:
                    machine.outbox.retry(store.name)
                try:
                    _say(room, _one(room, stores, store, machine), store)
                except StoreError as error:
                    failed.append(error)
    except KeyboardInterrupt:
        typer.echo(STOPPED)
        raise
    for other in failed[1:]:
        tell(f"{other.message} {other.hint}")
    if failed:
        raise failed[0]


def _say(room: Room, done: Synced, store: Added) -> None:
    say(room, [f"{store.name}: {telling.went(done)}."])
    for said in telling.remarks(done, store.name):
        tell(said)


def quietly(room: Room) -> None:
    """Sync with all stores that want it, without a word and not for long."""
    unseen.end_in_time()
    stores = shelf(room)
    try:
        with one_sync(room.settings.records), _machine(room) as machine:
            for store in stores.all():
                if store.auto:
                    _unseen(room, stores, store, machine)
    except TutorError:  # a journal that is damaged says so where somebody reads it
        return


def _unseen(room: Room, stores: Shelf, store: Added, machine: Machine) -> None:
    try:
        _one(room, stores, store, machine)
    except TutorError:  # it is noted: tutor records status
        return


def _one(room: Room, stores: Shelf, store: Added, machine: Machine) -> Synced:
    """Sync with one store, and note how it went."""
    said = "broken off"
    try:
        with Client(stores.access(store), local_now) as client, room.working("Syncing") as watch:
            done = sync(machine, client, store.name, watch)
        said = telling.went(done)
        return done
    except TutorError as error:
        said = error.message
        raise
    finally:
        at = f"{local_now():%Y-%m-%d %H:%M}"
        latest.note(room.settings.records, store.name, Latest(at, said))


@contextmanager
def _machine(room: Room) -> Iterator[Machine]:
    writer = scribe(room)
    with (
        room.journal() as journal,
        Outbox.open(room.settings.records / FILE, tell) as outbox,
    ):
        yield Machine(journal, outbox, writer, local_now)


def set_auto(room: Room, name: str, *, auto: bool) -> None:
    """Sync by itself after a lesson from now on, or no longer."""
    stores = shelf(room)
    for store in stores.chosen(name):
        stores.put(replace(store, auto=auto))
        after = "syncs by itself after a lesson" if auto else "syncs only by: tutor records sync"
        say(room, [f"{store.name} {after}."])


def status(room: Room) -> Iterator[str]:
    """How far each store has got, in lines."""
    went = latest.read(room.settings.records)
    stores = shelf(room).chosen("")
    for store, found, coming in _standings(room, stores):
        yield from telling.standing(store, found, coming, went.get(store.name))


def status_json(room: Room) -> str:
    """The same for programs, with every refused record."""
    went = latest.read(room.settings.records)
    whole = [
        {
            "name": store.name,
            "url": store.url,
            "user": store.user,
            "auto": store.auto,
            "acknowledged": found.acknowledged,
            "waiting": found.waiting + coming,
            "refused": [one._asdict() for one in found.refused],
            "latest": went.get(store.name),
        }
        for store, found, coming in _standings(room, shelf(room).all())
    ]
    return msgspec.json.format(msgspec.json.encode(whole)).decode()


def _standings(room: Room, stores: list[Added]) -> Iterator[tuple[Added, Standing, int]]:
    with ExitStack() as stack:
        outbox = Outbox.peek(room.settings.records / FILE, tell)
        journal = Journal.peek(room.settings.journal, tell)
        for opened in (outbox, journal):
            if opened:
                stack.enter_context(opened)
        coming = sum(1 for _ in to_come(outbox, journal, scribe(room))) if journal else 0
        for store in stores:
            yield store, outbox.standing(store.name) if outbox else NOTHING, coming
