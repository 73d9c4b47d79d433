"""Names that xAPI statements use: ours, and those of vocabularies that others keep.

Everything in a statement that is not a plain value is named by an IRI (xAPI 1.0.3, Data 3.1). Ours
lie below a name that RFC 2606 keeps from ever being anybody's: they identify, and lead nowhere.
"""

from enum import Enum
from urllib.parse import quote

from tutor.progress.events import Place

BASE = "https://llm-tutor.example"
"""What all our IRIs begin with. Another one would part a learner from their own history."""
EXTENSION = f"{BASE}/xapi/extensions"
EVENT = f"{EXTENSION}/event"
"""Context extension: the journal's event, field by field (`tutor.progress.events.Event`)."""
DERIVED = f"{EXTENSION}/derived"
"""Context extension of a statement that follows from several events: kind, key and event id."""
MISCONCEPTION = f"{EXTENSION}/misconception"
"""Result extension: the false belief behind a wrong answer, as the course names it."""
ATTEMPT = f"{EXTENSION}/attempt"
"""Result extension: which try of this asking it was; 1 is the first."""
CONFIDENCE = f"{EXTENSION}/confidence"
"""Result extension: how sure the learner said they were, in percent."""

ADL = "http://adlnet.gov/expapi/verbs"


class Verb(Enum):
    """What was done.

    From the ADL vocabulary (adlnet/xapi-authored-profiles, `adl` and `cmi5`), and one of Activity
    Streams 1.0. cmi5's own meanings of passed, failed, completed and waived are in its §9.3.
    """

    ANSWERED = f"{ADL}/answered"
    ATTEMPTED = f"{ADL}/attempted"
    COMMENTED = f"{ADL}/commented"
    COMPLETED = f"{ADL}/completed"
    EXPERIENCED = f"{ADL}/experienced"
    FAILED = f"{ADL}/failed"
    INITIALIZED = f"{ADL}/initialized"
    INTERACTED = f"{ADL}/interacted"
    PASSED = f"{ADL}/passed"
    PREFERRED = f"{ADL}/preferred"
    RESPONDED = f"{ADL}/responded"
    RESUMED = f"{ADL}/resumed"
    SCORED = f"{ADL}/scored"
    SUSPENDED = f"{ADL}/suspended"
    TERMINATED = f"{ADL}/terminated"
    WAIVED = "https://w3id.org/xapi/adl/verbs/waived"
    RETRACTED = "http://activitystrea.ms/schema/1.0/retract"

    @property
    def display(self) -> str:
        """The word for people (Data 2.4.3)."""
        return self.name.lower()


class Kind(Enum):
    """What something was done with: activity types of the ADL vocabulary."""

    COURSE = "http://adlnet.gov/expapi/activities/course"
    LESSON = "http://adlnet.gov/expapi/activities/lesson"
    MODULE = "http://adlnet.gov/expapi/activities/module"
    SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
    ASSESSMENT = "http://adlnet.gov/expapi/activities/assessment"
    INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"


def course_iri(course: str) -> str:
    """A course; the tutor itself for what is done outside of all courses."""
    return f"{BASE}/courses/{_part(course)}" if course else f"{BASE}/tutor"


def lesson_iri(place: Place) -> str:
    """The lesson of a place; its course where it lies in none."""
    course = course_iri(place.course)
    return f"{course}/lessons/{_part(place.lesson)}" if place.lesson else course


def quiz_iri(place: Place) -> str:
    """The quiz of the lesson."""
    return f"{lesson_iri(place)}/quiz"


def item_iri(place: Place) -> str:
    """The step or question of a place, the same for every version and asking of it."""
    parts = [place.step] if place.step else []
    if place.question not in ("", place.step):
        parts.append(place.question)
    if not parts:
        return lesson_iri(place)
    return f"{lesson_iri(place)}/items/{'/'.join(map(_part, parts))}"


def _part(name: str) -> str:
    return quote(name, safe="")
