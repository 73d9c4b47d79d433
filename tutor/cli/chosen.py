"""The model that the learner chose, as demos get it: found when it is needed, never before."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.stage.spending import Models, Purse, budget_from

if TYPE_CHECKING:
    from tutor.providers.presets import Price
    from tutor.providers.talk import Provider
    from tutor.screen.terminal import Terminal
    from tutor.settings import Settings


def chosen_models(settings: "Settings", terminal: "Terminal") -> Models:
    """The learner's model and a purse for this session."""

    @cache
    def find() -> "Provider | None":
        from tutor.providers.choosing import chosen_provider
        from tutor.screen.waiting import wait_visibly
        from tutor.screen.words import dim

        return chosen_provider(
            settings.data,
            settings.environ,
            wait=lambda seconds, why: wait_visibly(terminal, seconds, why),
            tell=lambda note: terminal.say(dim(note)),
        )

    purse = Purse(budget_from(settings.budget))
    return Models(find, lambda _speaker: _price(settings.data), _checked_on, purse)


def _price(folder: Path) -> "Price | None":
    """What the chosen model costs; None where nobody knows."""
    from tutor.providers.choosing import chosen, price_of

    return price_of(chosen(folder))


def _checked_on() -> str:
    from tutor.providers.presets import all_presets

    return all_presets().checked_on.isoformat()
