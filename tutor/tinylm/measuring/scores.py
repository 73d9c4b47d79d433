"""How often a model is right, by kind of question.

    python -m tutor.tinylm.measuring.scores --help

The same probes can be put in three ways: raw (the bare question, as one types it to the untamed
model), few-shot (the last open line of a quiz page with solved examples) and chat.
"""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tutor.sums.intervals import wilson
from tutor.tinylm import chat, model
from tutor.tinylm.model import Model
from tutor.tinylm.sampling import Sampler, generate
from tutor.tinylm.tokenizer import END, STOP, Tokenizer
from tutor.tinylm.world import dialogues, probes
from tutor.tinylm.world.probes import Probe

SHOTS = 3
LIMIT = 90
LONG_KINDS = frozenset({"story", "poem"})
LONG_LIMIT = 220


@dataclass(frozen=True, slots=True)
class Score:
    """`right` of `count` probes of a kind were answered rightly."""

    kind: str
    right: int
    count: int

    @property
    def share(self) -> float:
        """Right answers as a share, 0–1; ZeroDivisionError where nothing was asked."""
        return self.right / self.count

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of Wilson (1927)."""
        return wilson(self.right, self.count)


def reply(
    asked: Model, tokenizer: Tokenizer, prompt: Sequence[int], sampler: Sampler, seed: int = 0
) -> str:
    """The model's text up to the end of the reply or of the document."""
    stop = (tokenizer.special[END], tokenizer.special[STOP])
    out = generate(asked, prompt, sampler, Random(seed), stop)
    return tokenizer.decode(one.token for one in out)


def raw_prompt(tokenizer: Tokenizer, probe: Probe, _shots: Sequence[Probe]) -> list[int]:
    """The bare question and a line break at the start of a document."""
    return [tokenizer.special[END], *tokenizer.encode(probe.prompt + "\n")]


def few_shot_prompt(tokenizer: Tokenizer, probe: Probe, shots: Sequence[Probe]) -> list[int]:
    """The last open line of a quiz page on which the shots are solved."""
    return [tokenizer.special[END], *tokenizer.encode(probes.as_quiz(probe, shots))]


def chat_prompt(tokenizer: Tokenizer, probe: Probe, _shots: Sequence[Probe]) -> list[int]:
    """The question as a user's turn, up to where the assistant speaks."""
    return chat.as_tokens(tokenizer, chat.put(probe.prompt, probe.before))


Way = Callable[[Tokenizer, Probe, Sequence[Probe]], list[int]]
WAYS: dict[str, Way] = {"raw": raw_prompt, "few-shot": few_shot_prompt, "chat": chat_prompt}


@dataclass(frozen=True, slots=True)
class Answer:
    """A probe, what the model said to it, and whether that was right."""

    probe: Probe
    text: str
    right: bool


def answers(
    asked: Model, tokenizer: Tokenizer, some: Sequence[Probe], way: Way, temperature: float = 0.0
) -> Iterator[Answer]:
    """Put each probe; the first others of the same list serve as solved examples."""
    for seed, probe in enumerate(some):
        shots = [one for one in some if one.prompt != probe.prompt][:SHOTS]
        limit = LONG_LIMIT if probe.kind in LONG_KINDS else LIMIT
        prompt = way(tokenizer, probe, shots)
        if len(prompt) >= asked.shape.context:
            prompt = way(tokenizer, probe, shots[:1])
        sampler = Sampler(temperature, top_k=40, limit=limit)
        text = reply(asked, tokenizer, prompt, sampler, seed).split("\nQ:")[0].strip()
        yield Answer(probe, text, probe.accepts(text))


def score(
    asked: Model, tokenizer: Tokenizer, kinds: Mapping[str, Sequence[Probe]], way: Way
) -> Iterator[Score]:
    """One score for each kind, greedy."""
    for kind, some in kinds.items():
        right = [answer.right for answer in answers(asked, tokenizer, some, way)]
        yield Score(kind, sum(right), len(right))


def as_line(one: Score) -> str:
    """Kind, per cent right with its interval, number of probes: one line of the table."""
    low, high = one.interval
    share = f"{100 * one.share:5.1f} %  [{100 * low:5.1f}, {100 * high:5.1f}]"
    return f"{one.kind:16}{share}  n={one.count}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of a weights file, as the command line or `arguments` ask."""
    prog = "python -m tutor.tinylm.measuring.scores"
    parser = argparse.ArgumentParser(prog=prog, description=__doc__)
    parser.add_argument("weights", type=Path, help="a .safetensors file")
    parser.add_argument("--tokenizer", type=Path, help="default: tokenizer.json beside the weights")
    parser.add_argument("--how", choices=WAYS, default="chat")
    parser.add_argument("--each", type=int, default=30, help="probes of each kind")
    parser.add_argument("--show", type=int, default=0, help="print so many replies of each kind")
    given = parser.parse_args(arguments)
    tokenizer = Tokenizer.load(given.tokenizer or given.weights.with_name("tokenizer.json"))
    asked, way = model.load(given.weights), WAYS[given.how]
    kinds = dialogues.held_out_probes(given.each)
    for kind, some in kinds.items():
        for answer in answers(asked, tokenizer, some[: given.show], way):
            print(f"  {kind}: {answer.probe.prompt} -> {answer.text!r} ({answer.right})")
    results = list(score(asked, tokenizer, kinds, way))
    everything = Score("all", sum(one.right for one in results), sum(one.count for one in results))
    print("\n".join(map(as_line, [*results, everything])))


if __name__ == "__main__":
    main()
