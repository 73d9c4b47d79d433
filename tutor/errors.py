"""What can go wrong, sorted by who can put it right, and the exit codes that tell scripts so."""

from enum import IntEnum


class Exit(IntEnum):
    """Process exit codes; listed in the README."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class TutorError(Exception):
    """Something the learner or the author can put right: what happened, and what to type next."""

    exit = Exit.FAILED

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CourseError(TutorError):
    """The course on disk cannot be used; its author can mend it."""


class FileError(TutorError):
    """A file that was named cannot be read, or is not to be written."""


class JournalError(TutorError):
    """The learner's journal cannot be read or written."""


class RecordsError(TutorError):
    """A learning record store, or what is kept for it, cannot be used."""


class StoreError(RecordsError):
    """A store could not be asked, or decided nothing: what waits goes on waiting."""

    is_lasting = False
    """It will be so tomorrow: what was typed is wrong, or somebody has to let us in."""


class UnknownNameError(TutorError):
    """The learner named a lesson, term or file that is not there."""

    exit = Exit.USAGE


class NeedsPersonError(TutorError):
    """A question that only a person at a terminal can answer was about to be asked of a script."""

    exit = Exit.USAGE


class ProviderError(TutorError):
    """A model could not be asked, or what it answered cannot be used."""


class MissingKeyError(ProviderError):
    """A hosted model needs a key, and there is none."""


class KeyRefusedError(ProviderError):
    """The host does not take this key."""


class RateLimitedError(ProviderError):
    """The host asks to wait, for longer than we are ready to."""


class UnreachableError(ProviderError):
    """Nobody answers at this address, or the line broke before the first word."""

    is_silence = False
    """Nothing broke: who is there says nothing more."""


class UnknownModelError(ProviderError):
    """The host does not know this model."""


class PromptTooLongError(ProviderError):
    """The question does not fit into the model's context."""


class RefusedRequestError(ProviderError):
    """The host finds a fault with the request itself."""


class DeclinedError(ProviderError):
    """The model, or who runs it, refuses to answer."""


class NoAnswerError(ProviderError):
    """A model of the learner's came to no answer, or not to the end of one: nothing is counted."""


class BadReplyError(ProviderError):
    """What came back is not an answer that we can read."""
