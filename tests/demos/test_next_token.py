"""What comes next: chances that a model tells, or a sample where it tells none."""

from tests.demos.models import Tight
from tests.demos.playing import choosing, play, stage_of
from tutor.demos.next_token import Settings as NextToken
from tutor.stage.stage import Spending


def test_a_model_that_tells_no_chances_is_sampled_and_that_is_said() -> None:
    seen: list[Spending] = []
    shown = play("next-token", stage_of(chosen=choosing(Tight(), seen)), samples=3)
    assert "SAMPLED: 3 replies" in " ".join(shown.split())
    assert "no log-probabilities" in " ".join(shown.split())
    assert seen[0].calls == len(NextToken().prompts) * 4
    assert seen[0].most_tokens > seen[0].calls


def test_another_seed_draws_other_tokens() -> None:
    screens = {play("next-token", stage_of("Once upon a time", seed=seed)) for seed in range(4)}
    assert len(screens) > 1
