"""Demonstrations that a lesson step can name: one file each, looked up here.

The contract of a demo: a module with `Settings` (a msgspec Struct, all fields required or with
defaults, forbidding unknown ones) that a step's settings are read into, and
`run(settings, terminal)`, which shows a result and never fails for want of a model.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec

from tutor.course.model import Demo
from tutor.demos.reading import in_plain_words
from tutor.screen.markdown import markdown
from tutor.screen.terminal import Terminal, terminal_to_text
from tutor.screen.words import bold, line

DEMOS = {
    "next-word-toy": "tutor.demos.next_word_toy",
    "mask-toy": "tutor.demos.mask_toy",
    "calibration-toy": "tutor.demos.calibration_toy",
    "gradient-steps": "tutor.demos.gradient_steps",
    "bpe-merges": "tutor.demos.bpe_merges",
    "attention-table": "tutor.demos.attention_table",
    "softmax-temperature": "tutor.demos.softmax_temperature",
    "memory-sizes": "tutor.demos.memory_sizes",
    "training-examples": "tutor.demos.training_examples",
    "loss-perplexity": "tutor.demos.loss_perplexity",
    "compute-budget": "tutor.demos.compute_budget",
    "emergence-metric": "tutor.demos.emergence_metric",
    "answer-or-abstain": "tutor.demos.answer_or_abstain",
    "majority-vote": "tutor.demos.majority_vote",
    "scaling-curve": "tutor.demos.scaling_curve",
    "lora-count": "tutor.demos.lora_count",
    "tuning-memory": "tutor.demos.tuning_memory",
    "bradley-terry": "tutor.demos.bradley_terry",
    "kl-tradeoff": "tutor.demos.kl_tradeoff",
    "over-optimisation": "tutor.demos.over_optimisation",
    "call-cost": "tutor.demos.call_cost",
    "small-test-sets": "tutor.demos.small_test_sets",
    "cosine-search": "tutor.demos.cosine_search",
    "growth-rates": "tutor.demos.growth_rates",
    "chain-of-steps": "tutor.demos.chain_of_steps",
}


def run_demo(step: Demo, terminal: Terminal) -> None:
    """Run the demo that a step names, and say what to notice."""
    terminal.say(bold(step.title))
    _show(step, terminal)
    terminal.gap()
    terminal.say(bold("Notice"), markdown(step.notice, terminal.look))


def demo_text(step: Demo) -> str:
    """What the demo of a step shows, in plain text."""
    terminal = terminal_to_text()
    _show(step, terminal)
    return terminal.text()


def _show(step: Demo, terminal: Terminal) -> None:
    if step.demo not in DEMOS:
        terminal.say(line(f"The demo {step.demo!r} comes with a later version of the tutor."))
        return
    run: Callable[[Any, Terminal], None] = import_module(DEMOS[step.demo]).run
    run(read_settings(step), terminal)


def read_settings(step: Demo) -> Any:
    """Read a step's settings as its demo wants them; raises ValueError in the author's words."""
    kind = import_module(DEMOS[step.demo]).Settings
    try:
        return msgspec.convert(dict(step.settings), type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"demo {step.demo!r}: {in_plain_words(str(error))}") from error
