"""A sitting at a lesson: the desk set up, the goodbye said."""

from tutor.cli.room import Room


def sit(room: Room, lesson_id: str, *, only_quiz: bool = False) -> None:
    """Take a lesson, or its quiz; Ctrl-C leaves as politely as q, and exits with 130."""
    from tutor.course.finding import find_lesson
    from tutor.player.desk import Desk
    from tutor.player.play import Ending, play, play_quiz
    from tutor.screen import goodbye_view

    lesson = find_lesson(room.course, lesson_id)
    with room.journal() as journal:
        desk = Desk(room.course, lesson, room.terminal, journal)
        try:
            ending = play_quiz(desk) if only_quiz else play(desk)
        except KeyboardInterrupt:
            room.terminal.say(*goodbye_view.left())
            raise
        progress = journal.lessons(room.course.id)
    if ending is Ending.QUIT:
        room.terminal.say(*goodbye_view.left())
    else:
        room.terminal.say(*goodbye_view.finished(room.course, lesson, progress))
