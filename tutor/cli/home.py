"""Bare `tutor`: where you are, what is next."""

from tutor.cli.room import Room


def home(room: Room) -> None:
    """Show where the learner is; Enter does the best next thing."""
    from tutor.screen import course_view
    from tutor.standing import next_lesson, standings

    standing = standings(room.outline, room.progress_before_writing(), room.pace)
    now = next_lesson(standing)
    look, width = room.terminal.look, room.terminal.width
    waiting = room.waiting()
    due, is_new = waiting.count, all(s.state == "new" and not s.skipped for s in standing)
    if now is not None and is_new and not due:
        room.terminal.say(*course_view.welcome(room.outline, now, look, width))
    else:
        room.terminal.say(*course_view.home(room.outline, standing, waiting, look, width))
    if (due or now is not None) and room.terminal.is_interactive and room.terminal.is_watched:
        _wait(room, now.id if now else "", due=due)


def _wait(room: Room, lesson: str, *, due: int) -> None:
    """Wait for Enter, a lesson's number, or a word on something else."""
    from tutor.cli.sitting import review_at, sit
    from tutor.course.finding import find_lesson
    from tutor.player.home_prompt import HomeChoice, ask_where

    count = len(room.outline.lessons)
    best = "review" if due else "continue"
    chosen = ask_where(room.terminal, count, best if room.progress() else "")
    match chosen:
        case HomeChoice.QUIT:
            return
        case HomeChoice.GO_ON if due:
            review_at(room)
        case HomeChoice.GO_ON:
            sit(room, find_lesson(room.course, lesson))
        case int():
            sit(room, room.course.lessons[chosen - 1])
