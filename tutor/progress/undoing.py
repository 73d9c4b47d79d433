"""Taking back the last thing that changed a result."""

from tutor.errors import JournalError
from tutor.progress.events import (
    Answered,
    Assessed,
    Buried,
    Event,
    Reset,
    Resumed,
    Revealed,
    Skipped,
    Suspended,
    Undone,
    Vouched,
)
from tutor.progress.journal import Journal

UNDOABLE = (Reset, Answered, Assessed, Revealed, Vouched, Buried, Suspended, Resumed, Skipped)


def undo_latest(journal: Journal) -> str:
    """Undo the latest reset, answer, skip, veto or putting off; tells in words what that was."""
    event = journal.latest(*UNDOABLE)
    if event is None:
        raise JournalError("there is nothing to undo", hint="what there is: tutor progress")
    place = event.place
    journal.record(place, Undone(event=event.id))
    return f"Undone: {_in_words(event)}, {event.at[:16].replace('T', ' ')} UTC."


def _in_words(event: Event) -> str:
    match event.deed:
        case Reset():
            return f"the reset of {event.place.lesson}"
        case Answered(raw=raw, said=said):
            return f"your answer {(said or raw)[:40]!r} to {event.place.question}"
        case Vouched(raw=raw):
            return f"your word that {raw[:40]!r} answers {event.place.question}"
        case Revealed():
            return f"the showing of the answer to {event.place.question}"
        case Buried():
            return f"the putting off of {event.place.question}"
        case Skipped():
            return f"the leaving out of {event.place.lesson}"
        case Suspended():
            return f"that {event.place.question} is asked no more"
        case Resumed():
            return f"that {event.place.question} is asked again"
        case _:
            return f"your assessment of {event.place.question}"
