"""One prompt for several faces of the built-in model, one after the other."""

from collections.abc import Mapping

from tutor.providers.talk import user
from tutor.screen.words import bold, line
from tutor.stage.hearing import text_of_the_learner
from tutor.stage.passages import flat
from tutor.stage.stage import Stage

PROMPT = "What is 17 + 25?"


def ask_faces(stage: Stage, heading: str, who: str, faces: Mapping[str, str]) -> None:
    """Put the learner's own prompt, or ours, to each face under its label; `who`: "All three"."""
    prompt = text_of_the_learner(stage) or PROMPT
    stage.terminal.gap()
    stage.terminal.say(bold(heading))
    stage.introduce(stage.face("sft"))
    stage.terminal.say(line(f"{who} are asked: {flat(prompt)}"))
    request = user(prompt, max_tokens=60, temperature=0.7, seed=stage.seed)
    for name, label in faces.items():
        stage.listen(stage.face(name), request, label)
