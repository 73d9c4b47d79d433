"""The number of threads follows the clock."""

import torch

from tutor.tinylm.training.threads import TRIAL, WINDOW, Threads


def steps(threads: Threads, alone: float, together: float) -> None:
    """Let a window of steps take these times, by the number of threads that is set."""
    for step in range(WINDOW):
        threads.use(step)
        threads.took(step, alone if torch.get_num_threads() == 1 else together)


def test_the_faster_number_is_kept_until_the_next_trial() -> None:
    threads = Threads(2)
    steps(threads, alone=1.0, together=5.0)
    assert threads.best == 1
    steps(threads, alone=1.0, together=0.6)
    assert threads.best == 2


def test_one_slow_step_does_not_decide() -> None:
    threads = Threads(2)
    for step in range(2 * TRIAL):
        threads.use(step)
        slow = 9.0 if step == TRIAL else 0.0
        threads.took(step, slow + (1.0 if step < TRIAL else 0.5))
    assert threads.best == 2
