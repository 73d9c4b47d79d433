"""Demonstrations that a lesson step or `tutor demo` can name: one file each, looked up here.

There are two contracts. A computed demo is a module with `Settings` (a msgspec Struct that a
step's settings are read into, unknown ones forbidden) and `run(settings, terminal)`. A live demo,
in which a model speaks, is a module with `ABOUT`, `Settings` with defaults, and
`run(settings, stage)`: see `stage.py`. Neither ever fails for want of a model. A module is loaded
when its demo is needed.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from tutor.course.model import Demo
from tutor.demos.parts.reading import in_plain_words
from tutor.screen.terminal import terminal_to_text
from tutor.screen.words import line

if TYPE_CHECKING:
    from tutor.stage.stage import About, Stage

COMPUTED = {
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
"""All that they show is computed from what stands on the screen."""

LIVE = {
    "next-token": "tutor.demos.next_token",
    "be-the-model": "tutor.demos.be_the_model",
    "tokens": "tutor.demos.tokens",
    "temperature": "tutor.demos.temperature",
    "attention": "tutor.demos.attention",
    "mask": "tutor.demos.mask",
    "false-premise": "tutor.demos.false_premise",
    "few-shot": "tutor.demos.few_shot",
    "sycophancy": "tutor.demos.sycophancy",
    "system-prompt": "tutor.demos.system_prompt",
    "rater": "tutor.demos.rater",
    "beta": "tutor.demos.beta",
    "extract": "tutor.demos.extract",
    "benchmark": "tutor.demos.benchmark",
    "injection": "tutor.demos.injection",
    "tool-use": "tutor.demos.tool_use",
    "growing-up": "tutor.demos.growing_up",
    "sizes": "tutor.demos.sizes",
    "loss-mask": "tutor.demos.loss_mask",
    "reversal": "tutor.demos.reversal",
    "best-of-n": "tutor.demos.best_of_n",
    "thinking": "tutor.demos.thinking",
}
"""A model speaks in them."""

DEMOS = {**COMPUTED, **LIVE}

SLOW = frozenset({"reversal", "best-of-n", "thinking"})
"""They ask a model often: too long to wait for where a whole lesson is printed."""


def run_demo(step: Demo, stage: "Stage") -> None:
    """Run the demo that a step names."""
    module, settings = import_module(DEMOS[step.demo]), read_settings(step)
    module.run(settings, stage if step.demo in LIVE else stage.terminal)


def demo_text(step: Demo) -> str:
    """What the demo of a step shows with nothing configured, in plain text."""
    terminal = terminal_to_text()
    if step.demo in SLOW:
        said = about(step.demo).line, f"It takes a while. To see it: tutor demo {step.demo}"
        terminal.say(*map(line, said))
        return terminal.text()
    from tutor.stage.stage import Stage

    run_demo(step, Stage(terminal))
    return terminal.text()


def about(name: str) -> "About":
    """What a live demo says of itself."""
    said: About = import_module(LIVE[name]).ABOUT
    return said


def has_use_for_text(name: str) -> bool:
    """Whether a demo takes a text of the learner's own."""
    return name in LIVE and bool(about(name).own_text)


def read_settings(step: Demo) -> Any:
    """Read a step's settings as its demo wants them; raises ValueError in the author's words."""
    kind = import_module(DEMOS[step.demo]).Settings
    try:
        return msgspec.convert(dict(step.settings), type=kind, strict=False)
    except msgspec.ValidationError as error:
        raise ValueError(f"demo {step.demo!r}: {in_plain_words(str(error))}") from error
