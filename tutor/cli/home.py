"""Bare `tutor`: where you are, what is next."""

from tutor.cli.room import Room


def home(room: Room) -> None:
    """Show where the learner is; Enter does the best next thing."""
    from tutor.screen import course_view, then_view
    from tutor.standing import next_lesson, standings, to_look_back

    progress = room.progress_before_writing()
    standing = standings(room.outline, progress, room.pace)
    now, back = next_lesson(standing), to_look_back(standing, progress, _today())
    look, width = room.terminal.look, room.terminal.width
    waiting = room.waiting()
    due, is_new = waiting.count, all(s.state == "new" and not s.skipped for s in standing)
    if now is not None and is_new and not due:
        room.terminal.say(*course_view.welcome(room.outline, now, look, width, room.called))
    else:
        room.terminal.say(
            *course_view.home(room.outline, standing, waiting, look, width, room.called)
        )
        if back:
            room.terminal.say(then_view.offer(back.number))
    if (due or now or back) and room.terminal.is_interactive and room.terminal.is_watched:
        _wait(room, now.id if now else "", back.id if back else "", due=due)


def _today() -> str:
    from tutor.progress.moments import local_now, utc_text

    return utc_text(local_now())[:10]


def _wait(room: Room, lesson: str, back: str, *, due: int) -> None:
    """Wait for Enter, a lesson's number, or a word on something else."""
    from tutor.cli.sitting import look_back_at, review_at, sit
    from tutor.course.finding import find_lesson
    from tutor.player.home_prompt import HomeChoice, ask_where

    count = len(room.outline.lessons)
    best = "review" if due else "continue" if lesson else "then and now"
    said = best if room.progress() else ""
    chosen = ask_where(room.terminal, count, said, looks_back=bool(back))
    match chosen:
        case HomeChoice.QUIT:
            return
        case HomeChoice.GO_ON if due:
            review_at(room)
        case HomeChoice.GO_ON if lesson:
            sit(room, find_lesson(room.course, lesson))
        case HomeChoice.LOOK_BACK | HomeChoice.GO_ON:
            look_back_at(room, find_lesson(room.course, back))
        case int():
            sit(room, room.course.lessons[chosen - 1])
