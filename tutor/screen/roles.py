"""Whose words they are, in colour: the body's violet, the mask's yellow, the cherry's red."""

from rich.text import Text

from tutor.screen.palette import FACES, code

PARTS = {"body": "base", "mask": "sft", "cherry": "rlhf"}
"""The parts of the picture, and the face of the built-in model that each is seen in."""


def voice(face: str) -> str:
    """The style of a face's words; of any other model's, none."""
    return code(FACES[face]) if face in FACES else ""


def part(role: str) -> str:
    """The style of a part of the picture; of none, none."""
    return voice(PARTS.get(role, ""))


def introduced(who: str, limits: str, face: str) -> Text:
    """Who will speak, and what they cannot do."""
    return Text(f"{who}.", voice(face) or "dim").append(f" {limits}".rstrip(), "default dim")


def headed(words: str, face: str) -> Text:
    """A head over a face's words."""
    return Text(words, f"bold {voice(face)}".strip())
