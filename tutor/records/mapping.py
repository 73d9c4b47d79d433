"""An event of the journal as an xAPI 1.0.3 statement, and the way back.

One event is one statement under the event's own id, so that two machines that know the same event
never make two of it. Verbs and types are those of the ADL vocabulary (adlnet/xapi-authored-
profiles); what cmi5 names the same way means the same here (cmi5 §9.3). The event itself travels
whole in a context extension, from which `event_of` makes it again: everything else is for readers
who do not know this tutor.

Never sent unless the learner wants it: notes, reports of unclear questions, and drafts.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

import msgspec

from tutor.course.model import FreeResponse, Prediction, Question
from tutor.progress.events import (
    Answered,
    AnyDeed,
    Assessed,
    Buried,
    Depth,
    Drafted,
    Entered,
    Event,
    Hinted,
    HowSure,
    Noted,
    Passed,
    Place,
    Predicted,
    QuizClosed,
    QuizOpened,
    Reported,
    Reset,
    Resumed,
    Revealed,
    Skipped,
    Suspended,
    Undone,
    Vouched,
)
from tutor.records import interactions, iris
from tutor.records.catalogue import Catalogue
from tutor.records.iris import Verb
from tutor.records.learner import Learner

Statement: TypeAlias = dict[str, Any]
Json: TypeAlias = dict[str, Any]
OWN_WORDS = (Noted, Reported, Drafted)
"""Deeds that stay on the machine unless the learner lets their notes go along."""
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, iris.BASE)
"""Of ids that follow from other names (RFC 4122, version 5)."""
VERSION = "1.0.3"
"""Of the specification; a store is told in a header, not in the statement."""


def travels(event: Event, learner: Learner) -> bool:
    """Tell whether an event may leave the machine at all."""
    return learner.notes or not isinstance(event.deed, OWN_WORDS)


@dataclass(frozen=True)
class Scribe:
    """Writes statements of one learner; the same event, learner and course give the same bytes."""

    learner: Learner
    catalogue: Catalogue

    def statement(self, event: Event) -> Statement:
        """One event as one statement."""
        result = _result(event, self.catalogue)
        return {
            "id": self.id_of(event.id),
            "actor": self.learner.agent,
            "verb": _named(_verb(event, self.catalogue)),
            "object": self._object(event),
            **({"result": result} if result else {}),
            "context": self._context(event.place, {iris.EVENT: msgspec.to_builtins(event)}),
            "timestamp": event.at,
        }

    def derived(self, key: str, event: Event, what: Verb, result: Json) -> Statement:
        """What follows, of a lesson, from this event and those before it, under an id of its own.

        What has the same key has the same id.
        """
        place = Place(course=event.place.course, lesson=event.place.lesson)
        return {
            "id": statement_id(key),
            "actor": self.learner.agent,
            "verb": _named(what),
            "object": self.catalogue.lesson_activity(place),
            "result": result,
            "context": self._context(place, {iris.DERIVED: {"key": key, "event": event.id}}),
            "timestamp": event.at,
        }

    def id_of(self, event: str) -> str:
        """The id of the statement that an event becomes."""
        if self.learner.renamed:
            return _id_under(self.learner.agent["account"], event)
        return statement_id(event)

    def registration(self, course: str) -> str:
        """The learner's one registration for a course (Data 2.4.6.1)."""
        return _made_of(f"registration/{self.learner.home_page}/{self.learner.name}/{course}")

    def _object(self, event: Event) -> Json:
        place = event.place
        match event.deed:
            case Undone(event=undone):
                return {"objectType": "StatementRef", "id": self.id_of(undone)}
            case QuizOpened() | QuizClosed():
                return self.catalogue.quiz_activity(place)
            case Reset() | Skipped():
                return self.catalogue.lesson_activity(place)
            case HowSure() | Depth():
                return self.catalogue.course_activity(place.course)
            case _:
                return self.catalogue.activity(place)

    def _context(self, place: Place, extensions: Json) -> Json:
        """Where something belongs: to a lesson, its parent, and a course (Data 2.4.6.2)."""
        return {
            "registration": self.registration(place.course),
            "contextActivities": _around(place),
            "extensions": extensions,
        }


def event_of(statement: Mapping[str, Any]) -> Event | None:
    """The event that a statement was made of; None for what no tutor, or a newer one, has made."""
    try:
        event = msgspec.convert(statement["context"]["extensions"][iris.EVENT], Event)
    except (KeyError, TypeError, msgspec.ValidationError):
        return None
    account = _fact(statement, "actor", "account")
    own = {statement_id(event.id), _id_under(account, event.id)}
    return event if str(statement.get("id", "")).lower() in own else None


def is_ours(statement: Mapping[str, Any]) -> bool:
    """Tell whether a tutor made this statement, of an event or of several, perhaps a newer one."""
    try:
        extensions = statement["context"]["extensions"]
        return iris.EVENT in extensions or iris.DERIVED in extensions
    except (KeyError, TypeError):
        return False


def is_derived(statement: Mapping[str, Any]) -> bool:
    """Tell whether a statement of ours follows from several events."""
    return _fact(statement, "context", "extensions", iris.DERIVED, "key") is not None


def is_same_fact(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Tell whether two statements of ours with one id say the same, in whatever words.

    A course edited in between, or a store's own way to write a time, changes bytes and not what
    happened; definitions of activities are no part of a statement (Data 2.3.1).
    """
    if _fact(one, "actor", "account") != _fact(other, "actor", "account"):
        return False
    if event := event_of(one):
        return event == event_of(other)
    key = _fact(one, "context", "extensions", iris.DERIVED, "key")
    return key is not None and key == _fact(other, "context", "extensions", iris.DERIVED, "key")


def _fact(statement: Any, *path: str) -> Any:
    """What stands at a path; None where nothing does."""
    for name in path:
        statement = statement.get(name) if isinstance(statement, Mapping) else None
    return statement


def statement_id(event: str) -> str:
    """The event's own id where it is a UUID (Data 2.4.1), else one made from it."""
    try:
        return str(uuid.UUID(event)) if len(event) == len(str(NAMESPACE)) else _made_of(event)
    except ValueError:
        return _made_of(event)


def _id_under(account: Any, event: str) -> str:
    """The id of an event that a store may know under an earlier name of its learner."""
    return _made_of(f"{_fact(account, 'homePage')}/{_fact(account, 'name')}/{event}")


def _made_of(name: str) -> str:
    return str(uuid.uuid5(NAMESPACE, name))


def _named(what: Verb) -> Json:
    """A verb with its word for people (Data 2.4.3)."""
    return {"id": what.value, "display": interactions.text(what.display)}


def duration(seconds: float) -> str:
    """ISO 8601, to a hundredth of a second (Data 4.6)."""
    return f"PT{f'{seconds:.2f}'.rstrip('0').rstrip('.')}S"


def _around(place: Place) -> Json:
    course = [{"id": iris.course_iri(place.course)}]
    if not place.lesson:
        return {"grouping": course}
    if not (place.step or place.question):
        return {"parent": course, "grouping": course}
    return {"parent": [{"id": iris.lesson_iri(place)}], "grouping": course}


def _verb(event: Event, catalogue: Catalogue) -> Verb:
    deed: AnyDeed = event.deed
    match deed:
        case Entered() | QuizOpened() | Reset():
            return Verb.INITIALIZED
        case Passed():
            is_demo = catalogue.is_demo(event.place)
            return Verb.INTERACTED if is_demo else Verb.EXPERIENCED
        case Predicted():
            return Verb.RESPONDED
        case Answered():
            return Verb.ANSWERED
        case Assessed():
            return Verb.SCORED
        case Drafted():
            return Verb.ATTEMPTED
        case Hinted() | Revealed() | Buried():
            return Verb.INTERACTED
        case Vouched() | Noted() | Reported():
            return Verb.COMMENTED
        case QuizClosed():
            return Verb.TERMINATED
        case Suspended():
            return Verb.SUSPENDED
        case Resumed():
            return Verb.RESUMED
        case Skipped():
            return Verb.WAIVED
        case HowSure() | Depth():
            return Verb.PREFERRED
        case Undone():
            return Verb.RETRACTED
        case _:
            assert_never(deed)


def _result(event: Event, catalogue: Catalogue) -> Json:
    """What came of it (Data 2.4.5); empty where nothing did."""
    deed = event.deed
    match deed:
        case Answered():
            return _answer(event, deed, catalogue)
        case Predicted():
            return _guess(event, deed, catalogue)
        case Assessed():
            return {"score": _score(deed.score), "success": deed.right}
        case Passed(seconds=seconds):
            return _timed(seconds)
        case Vouched(raw=words) | Drafted(raw=words) | Noted(text=words) | Reported(text=words):
            return _told(words)
        case HowSure(wanted=is_wanted):
            return _told(f"how sure: {'asked' if is_wanted else 'not asked'}")
        case Depth(wanted=wanted):
            return _told(f"deeper steps: {wanted}")
        case _:
            return {}


def _answer(event: Event, deed: Answered, catalogue: Catalogue) -> Json:
    """A reply with its verdict; a free response has none before it was assessed."""
    question = catalogue.item(event.place)
    judged = {} if isinstance(question, FreeResponse) else _verdict(deed)
    words = deed.said or deed.raw
    said = interactions.response(question, deed) if isinstance(question, Question) else words
    return {**judged, **_told(said), **_timed(deed.seconds), "extensions": _beside(deed)}


def _verdict(deed: Answered) -> Json:
    return {"score": _score(deed.score), "success": deed.right}


def _beside(deed: Answered) -> Json:
    told = {
        iris.ATTEMPT: deed.attempt,
        iris.MISCONCEPTION: deed.misconception or None,
        iris.CONFIDENCE: deed.confidence,
    }
    return {name: value for name, value in told.items() if value is not None}


def _guess(event: Event, deed: Predicted, catalogue: Catalogue) -> Json:
    step = catalogue.item(event.place)
    said = interactions.guess_response(step, deed.raw) if isinstance(step, Prediction) else deed.raw
    return {**_told(said), **_timed(deed.seconds)}


def _score(score: float) -> Json:
    """A share of all there was to get (Data 2.4.5.1)."""
    return {"scaled": min(1.0, max(0.0, score))}


def _told(words: str) -> Json:
    """A response; none where nothing was chosen, since stores refuse empty values."""
    return {"response": words} if words else {}


def _timed(seconds: float) -> Json:
    return {"duration": duration(seconds)} if seconds > 0 else {}
