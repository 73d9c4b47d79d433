"""All courses at hand, each in a room of its own."""

from collections.abc import Iterator

from tutor.cli.room import Room, tell
from tutor.errors import CourseError


def rooms_with_due(room: Room) -> Iterator[tuple[Room, str]]:
    """The courses in which something is due, with their titles; one that is broken is named."""
    from tutor.course.shelf import courses_at_hand

    for one in courses_at_hand(room.settings.shelf):
        other = Room(plain=room.plain, course=str(one.folder.absolute()))
        other.word = room.word if one.folder == room.settings.course else one.name
        other.terminal = room.terminal  # one reader of what is typed
        try:
            due, title = other.waiting().count, other.outline.title
        except CourseError:
            tell(
                f"the course {one.name} cannot be read; to see why: tutor course check {one.folder}"
            )
            continue
        if due:
            yield other, title
