"""What a preference-tuned model is held against: reward, the rater's own score, KL, truth, wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean

import torch

from tutor.tinylm.training.answering import Draw, Said, divergence, in_batches, likely
from tutor.tinylm.training.network import Network
from tutor.tinylm.training.preference import AS_IT_IS, Answer, answers
from tutor.tinylm.training.reward import Fixed
from tutor.tinylm.world.editions import SECOND, Talk
from tutor.tinylm.world.probes import Probe


@dataclass(frozen=True, slots=True)
class Exam:
    """The same prompts for everyone, and what the fine-tuned model answered to them."""

    fixed: Fixed
    baseline: Sequence[Answer]
    draw: Draw


def prompts(count: int, seed: int, *, held_out: bool, talk: Talk = SECOND.talk) -> list[Probe]:
    """So many prompts of every kind, those that preferences were never asked for among them."""
    rng = Random(seed)
    return [talk.ask(rng, held_out=held_out) for _ in range(count)]


def prepare(fixed: Fixed, some: Sequence[Probe], draw: Draw = AS_IT_IS) -> Exam:
    """An exam on these prompts, with the fine-tuned model's answers as the baseline."""
    found = answers(fixed.reference, fixed.tokenizer, some, draw, fixed.talk.rate)
    return Exam(fixed, found, draw)


def win_rate(new: Sequence[Answer], old: Sequence[Answer]) -> float:
    """The share of prompts whose new answer pleases the rater more; a tie counts half."""
    pairs = [(a.rating.score, b.rating.score) for a, b in zip(new, old, strict=True)]
    return fmean((a > b) + 0.5 * (a == b) for a, b in pairs)


@torch.no_grad()
def mean_divergence(policy: Network, reference: Network, some: Sequence[Said]) -> float:
    """KL of the policy from the reference per reply, in nats, along the policy's own replies."""
    batches = [divergence(likely(policy, few), likely(reference, few)) for few in in_batches(some)]
    return float(torch.cat(batches).mean())


def taken(exam: Exam, policy: Network) -> list[Answer]:
    """The policy's answers to the prompts of the exam."""
    some = [answer.probe for answer in exam.baseline]
    return answers(policy, exam.fixed.tokenizer, some, exam.draw, exam.fixed.talk.rate)


def record(exam: Exam, policy: Network, found: Sequence[Answer]) -> dict[str, float]:
    """One point of a curve. `truth` and `win` are per cent, `kl` nats per reply."""
    said = [answer.said for answer in found]
    ratings = [answer.rating for answer in found]
    return {
        "reward": round(float(exam.fixed.judge.scores(said).mean()), 4),
        "gold": round(fmean(rating.score for rating in ratings), 4),
        "kl": round(mean_divergence(policy, exam.fixed.reference, said), 3),
        "truth": round(100 * fmean(rating.right for rating in ratings), 2),
        "win": round(100 * win_rate(found, exam.baseline), 2),
        "friendly": round(100 * fmean(rating.opening or rating.closing for rating in ratings), 1),
        "rude": round(100 * fmean(rating.rude for rating in ratings), 1),
        "ended": round(100 * fmean(rating.ended for rating in ratings), 1),
        "words": round(fmean(len(one.reply) for one in said), 1),
    }
