"""How many threads to compute with: as many as are faster at the moment.

Two threads wait for each other at every operation, so on a machine whose second core is busy with
something else two can be ten times slower than one. The clock decides, again and again.
"""

import torch

TRIAL = 3
"""Steps tried with one thread, and as many with all of them, at the start of a window."""
WINDOW = 60


class Threads:
    """Set before each step, told afterwards how long it took."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.best = most
        self._alone = self._together = float("inf")

    def use(self, step: int) -> None:
        """Set the number of threads for this step."""
        at = step % WINDOW
        torch.set_num_threads(1 if at < TRIAL else self.most if at < 2 * TRIAL else self.best)

    def took(self, step: int, seconds: float) -> None:
        """Remember the quickest step of each trial; choose when both are over."""
        at = step % WINDOW
        if at == 0:
            self._alone = self._together = float("inf")
        if at < TRIAL:
            self._alone = min(self._alone, seconds)
        elif at < 2 * TRIAL:
            self._together = min(self._together, seconds)
        if at == 2 * TRIAL - 1:
            self.best = 1 if self._alone < self._together else self.most
