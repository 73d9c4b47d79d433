"""What can be worked out from events and kept beside them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from msgspec import Struct

from tutor.progress.events import Event
from tutor.progress.order import in_order

State = TypeVar("State", bound=Struct)


@dataclass(frozen=True)
class Fold(Generic[State]):
    """Something that follows from the events of a lesson, taken in order and one by one.

    A journal that is given it keeps its state beside the events, in the transaction of each, and
    sees to order and to undoing: `take` is given no event that was undone, nor an undoing. It may
    change the state that it is given.
    """

    name: str
    rule: int
    """Another number makes the journal work every state out anew."""
    state: type[State]
    """Made without arguments, it is where a lesson begins."""
    take: Callable[[State, Event], State]

    def of(self, events: Iterable[Event]) -> State:
        """What follows from all events of one lesson, in any order."""
        state = self.state()
        for event in in_order(events):
            state = self.take(state, event)
        return state


AnyFold: TypeAlias = Fold[Any]
