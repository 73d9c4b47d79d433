"""A record store added, or forgotten."""

from typing import NamedTuple

from msgspec.structs import replace

from tutor.cli.hidden import hidden
from tutor.cli.recording import say, shelf
from tutor.cli.room import Room, tell
from tutor.environment import RECORDS_SECRET
from tutor.errors import RecordsError, StoreError
from tutor.progress.moments import local_now
from tutor.records import learner, telling
from tutor.records.access import Access
from tutor.records.client import Client, checked_url, is_readable_on_the_way
from tutor.records.naming import go_by
from tutor.records.outbox import Outbox
from tutor.records.outbox_file import FILE
from tutor.records.stores import Added, Keeping, Shelf, check_name, check_user

WHERE = {
    "environment": f"The password is read from {RECORDS_SECRET.name} each time, and not kept.",
    "keyring": "The password is read from the system's keyring each time.",
    "file": "The password is kept in a file that only you can read.",
}


class New(NamedTuple):
    """What was typed."""

    name: str
    url: str
    user: str
    called: str
    notes: bool | None


def add(room: Room, new: New) -> None:
    """Keep a store and its secret, once it was asked whether it is one and lets the learner in."""
    check_name(new.name)
    check_user(new.user)
    room.terminal.flush()  # open before a password is read: a pipe cannot be set up in between
    url = str(checked_url(new.url))
    if is_readable_on_the_way(url):
        tell("whoever is on the way can read the password and your records: http is not encrypted.")
    who, stores = _named(room, new), shelf(room)
    secret, kept = _secret(stores, new, url)
    store = Added(name=new.name, url=url, user=new.user, kept=kept)
    _try(Access(url, new.user, secret), who)
    _go_by(room, who)
    _forget_where_it_moved(room, stores, store)
    if kept == "file":
        stores.keep(new.name, secret)
    else:  # one from before, which is read no more
        stores.forget_secret(new.name)
    stores.put(store)
    say(room, (*telling.added(store, who), WHERE[kept]))


def _secret(stores: Shelf, new: New, url: str) -> tuple[str, Keeping]:
    if ready := stores.kept_elsewhere(new.name):
        if ready[1] == "environment":
            _check_whose(stores, new, url)
        return ready
    secret = hidden(f"Password for {new.name} (it is not shown): ").rstrip("\r\n")
    if not secret:
        raise RecordsError("no password was typed", hint="try again, and paste it if it is long")
    return secret, "file"


def _check_whose(stores: Shelf, new: New, url: str) -> None:
    """One variable is one password: another store must not be sent it. RecordsError."""
    for one in stores.all():
        is_same = one.name == new.name or (one.url, one.user) == (url, new.user)
        if one.kept == "environment" and not is_same:
            raise RecordsError(
                f"the password of {one.name} is read from {RECORDS_SECRET.name}, "
                f"and {new.name} would be sent it as well",
                hint=f"unset {RECORDS_SECRET.name}: the password of {new.name} is asked for",
            )


def _named(room: Room, new: New) -> learner.Learner:
    """The learner under the name that was asked for; RecordsError where they have another one."""
    before = learner.kept(room.settings.records)
    who = before or learner.made_up()
    if new.called:
        who = replace(who, name=learner.named(new.called).name)
    others = [store.name for store in shelf(room).all() if store.name != new.name]
    if before and who.name != before.name and others:
        raise RecordsError(
            f"your records at {', '.join(others)} go under the name {before.name!r}",
            hint=f"keep that name, or first: tutor records remove {others[0]}",
        )
    return who if new.notes is None else replace(who, notes=new.notes)


def _go_by(room: Room, who: learner.Learner) -> None:
    """Keep the name; what was written out under another one is written out anew."""
    before = learner.kept(room.settings.records)
    if go_by(room.settings.records, who, tell) and before:
        tell(f"what a store has under {before.name!r} stays there; all of it goes out anew.")


def _try(access: Access, who: learner.Learner) -> None:
    """Ask the store for one page; what will be wrong tomorrow as well is raised."""
    try:
        with Client(access, local_now) as client:
            next(client.pages(who.agent), None)
    except StoreError as error:
        if error.is_lasting:
            raise
        tell(f"it could not be tried out just now. {error.message}")


def _forget_where_it_moved(room: Room, stores: Shelf, store: Added) -> None:
    """Another address under a known name is another store, which has nothing yet."""
    if any(one.name == store.name and one.url != store.url for one in stores.all()):
        with Outbox.open(room.settings.records / FILE, tell) as outbox:
            outbox.forget(store.name)


def remove(room: Room, name: str) -> None:
    """Forget a store, its secret and how far it had got."""
    stores = shelf(room)
    store = stores.find(name)
    with Outbox.open(room.settings.records / FILE, tell) as outbox:
        outbox.forget(name)
    stores.remove(name)
    say(room, telling.removed(store))
