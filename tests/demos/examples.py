"""Settings as a lesson would write them: the content map's examples, every bare word text."""

from tutor.catalogue.playing import run_demo
from tutor.course.model import Demo
from tutor.screen.terminal import Look, terminal_to_text
from tutor.stage.stage import Stage

EXAMPLES: dict[str, dict[str, str | tuple[str, ...]]] = {
    "gradient-steps": {
        "weight": "0.5",
        "x": "2",
        "y": "3",
        "rates": ("0.01", "0.1", "0.3"),
        "steps": "4",
    },
    "bpe-merges": {"words": ("low 5", "lower 2", "newest 6", "widest 3"), "merges": "6"},
    "majority-vote": {
        "probabilities": ("0.4", "0.6", "0.7"),
        "voters": ("1", "5", "15", "41"),
    },
    "answer-or-abstain": {
        "thresholds": ("0", "0.5", "0.75", "0.9"),
        "confidences": ("0.3", "0.6", "0.8", "0.95"),
    },
    "attention-table": {
        "tokens": ("A", "B", "C"),
        "queries": ("1 0", "0 1", "1 1"),
        "keys": ("1 0", "0 1", "1 1"),
        "values": ("10 0", "0 10", "5 5"),
        "mask": "causal",
    },
    "memory-sizes": {
        "models": ("Llama-3.1-8B 8.03", "70B 70", "405B 405"),
        "bits": ("16", "8", "4"),
    },
    "scaling-curve": {
        "floor": "1.69",
        "constant": "4.7e7",
        "exponent": "0.34",
        "sizes": ("1e8", "1e9", "1e10", "1e11", "1e12"),
    },
    "tuning-memory": {"parameters": "8.03e9"},
    "bradley-terry": {"votes": ("A B 7", "B A 3", "B C 6", "C B 4", "A C 8", "C A 2")},
    "kl-tradeoff": {
        "labels": ("short", "plain", "warm", "padded"),
        "reference": ("0.5", "0.3", "0.15", "0.05"),
        "rewards": ("0", "1", "1.5", "3"),
        "betas": ("10", "1", "0.5", "0.1"),
    },
    "over-optimisation": {
        "slope": "0.1",
        "log_slope": "0.4",
        "distances": ("0", "1", "2", "4", "5", "6", "8", "10"),
    },
    "call-cost": {
        "input_tokens": "1500",
        "output_tokens": "400",
        "cached_tokens": "1200",
        "input_price": "3",
        "output_price": "15",
        "cached_price": "0.3",
        "calls": "50000",
    },
    "small-test-sets": {"results": ("42 50", "46 50", "18 20", "180 200")},
    "cosine-search": {
        "query": "1 2 0",
        "documents": ("D1 2 4 0", "D2 2 1 0", "D3 0 0 3", "D4 1 1 1"),
    },
    "growth-rates": {"rates": ("compute 4.5", "algorithms 3"), "years": "4"},
    "chain-of-steps": {
        "success": ("0.9", "0.95", "0.99", "0.995"),
        "steps": ("10", "20", "50"),
    },
}


def shown(
    name: str, settings: dict[str, str | tuple[str, ...]], *, width: int = 80, plain: bool = False
) -> str:
    """What a demo puts on a screen of that width."""
    terminal = terminal_to_text(width)
    terminal.look = Look(plain=plain)
    step = Demo(id="demo", title="Demo", demo=name, settings=settings, notice="Look.")
    run_demo(step, Stage(terminal))
    return terminal.text().rstrip("\n")
