"""Sixty prompts as a newcomer types them: `python -m tutor.tinylm.measuring.newcomer --help`.

They were chosen before version 3 was trained and stand in `newcomer.txt`. Every face replies to
each, greedily; the raw model gets the bare line. What is good or bad in a reply a reader judges.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from tutor.tinylm import faces
from tutor.tinylm.measuring.measures import reply_to
from tutor.tinylm.measuring.third import Faces
from tutor.tinylm.world.probes import Probe

PROMPTS = Path(__file__).with_name("newcomer.txt")


def prompts() -> list[str]:
    """The sixty, in their order."""
    return PROMPTS.read_text("utf-8").splitlines()


def transcript(asked: Faces, names: Sequence[str]) -> Iterator[str]:
    """Each prompt, and below it what every face replies."""
    for number, prompt in enumerate(prompts(), start=1):
        yield f"{number}. {prompt}"
        for name in names:
            way = "raw" if name == "base" else "chat"
            said = reply_to(asked.asked(name, way), Probe("newcomer", prompt, ""), [])
            yield f"   {name}: {' / '.join(said.text.splitlines())}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the transcript, as the command line or `arguments` ask."""
    parser = argparse.ArgumentParser(
        prog="python -m tutor.tinylm.measuring.newcomer", description=__doc__
    )
    parser.add_argument("--weights", type=Path, default=faces.WEIGHTS, help="folder of the faces")
    parser.add_argument("--faces", nargs="*", default=faces.FACES)
    given = parser.parse_args(arguments)
    for line in transcript(Faces(given.weights), given.faces):
        print(line)


if __name__ == "__main__":
    main()
