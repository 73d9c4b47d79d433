"""The end of a lesson: what is known of how it went, put together for its last page."""

from tutor.course.model import Lesson, Prediction
from tutor.course.outlining import outline
from tutor.player.desk import Desk
from tutor.player.guessing import in_words
from tutor.progress.lesson_progress import LessonProgress
from tutor.review.cards import CARDS
from tutor.review.counting import asked_in, forecast, met
from tutor.screen.ending_view import Ended, Guessed, Sure, date, ending, outcome, question, title
from tutor.screen.page_head import Head, open_page
from tutor.standing import LessonStanding, next_lesson, standings

CERTAIN = (95, 75)
"""How sure one must have been for the page to say how that went."""
LOOK_AHEAD = 60


def show_ending(desk: Desk, today: int, day: str) -> None:
    """Show the lesson's last page; `today` is the day's ordinal, `day` its name."""
    progress = desk.journal.lessons(desk.course.id)
    standing = standings(outline(desk.course), progress)
    now = next(one for one in standing if one.id == desk.lesson.id)
    done = progress.get(desk.lesson.id) or LessonProgress()
    minutes = max(1, round(done.seconds / 60))
    head = title(desk.lesson, now.number, is_done=now.state == "finished")
    open_page(desk.terminal, Head(head, "", date(day, minutes, desk.terminal.look)))
    desk.say(*ending(_ended(desk, done, standing, today), desk.terminal))


def _ended(
    desk: Desk, done: LessonProgress, standing: tuple[LessonStanding, ...], today: int
) -> Ended:
    lesson = desk.lesson
    back_in, back = _comes_back(desk, today)
    shown = _shown(desk)
    return Ended(
        can=tuple(text for name, text in lesson.objectives.items() if name in shown),
        not_yet=tuple(text for name, text in lesson.objectives.items() if name not in shown),
        guessed=_guesses(lesson, done),
        sure=_sure(done),
        back_in=back_in,
        back=back,
        try_it=lesson.try_it,
        reading=f"{desk.called} show {lesson.id}" if lesson.reading else "",
        onward=_onward(desk, standing),
        called=desk.called,
    )


def _shown(desk: Desk) -> set[str]:
    """The objectives that half or more of what was answered last speaks for.

    One that no question serves stands with the lesson as a whole; one that nothing was answered on
    is not claimed.
    """
    cards = desk.journal.states(CARDS, desk.course.id)
    asked = asked_in(outline(desk.course))
    answered = [(one, card.tries[-1].right) for one, card in met(cards, asked) if card.tries]
    here = [right for one, right in answered if one.lesson == desk.lesson.id]
    found = set()
    for name in desk.lesson.objectives:
        full = f"{desk.lesson.id}/{name}"
        is_asked = any(full in one.serves for one in asked)
        rights = [right for one, right in answered if full in one.serves] if is_asked else here
        if 2 * sum(rights) >= max(1, len(rights)):
            found.add(name)
    return found


def _guesses(lesson: Lesson, done: LessonProgress) -> tuple[Guessed, ...]:
    return tuple(
        Guessed(question(step), in_words(guess.words, step.options) or guess.words, outcome(step))
        for step in lesson.steps
        if isinstance(step, Prediction) and (guess := done.predictions.get(step.id))
    )


def _sure(done: LessonProgress) -> tuple[Sure, ...]:
    """By level, of the latest run of the quiz that counts."""
    answers = done.result.answers.values() if done.result else ()
    found = []
    for level in CERTAIN:
        said = [item for item in answers if item.confidence == level]
        if said:
            found.append(Sure(level, len(said), sum(item.first_right for item in said)))
    return tuple(found)


def _comes_back(desk: Desk, today: int) -> tuple[int, int]:
    """In how many days questions of this lesson come back, and how many then; zeros for never."""
    cards = desk.journal.states(CARDS, desk.course.id)
    here = [one for one in asked_in(outline(desk.course)) if one.lesson == desk.lesson.id]
    counts = forecast(cards, here, today, LOOK_AHEAD)
    return next(((day, count) for day, count in enumerate(counts) if count), (0, 0))


def _onward(desk: Desk, standing: tuple[LessonStanding, ...]) -> str:
    upcoming = next_lesson(standing)
    if upcoming is None:
        return "That was every lesson there is so far."
    if upcoming.id == desk.lesson.id:
        return f"Some of this lesson is still to do. Go on with: {desk.called}"
    return f"Next: lesson {upcoming.number}, {upcoming.title}. Go on with: {desk.called}"
