"""A model that the learner grew, as one more speaker: mask off, and mask on where it has one."""

from tutor.providers.built_in import BuiltIn
from tutor.providers.talk import Card, Tier
from tutor.tinylm.growing.keeping import Kept
from tutor.tinylm.model import Model

LIMITS = "A model that you grew in about a minute; it knows the text that it read, and little else."


def speakers(kept: Kept) -> dict[str, BuiltIn]:
    """Its faces, by the names that the faces of the built-in model have."""
    faces = {"base": kept.raw} if kept.mask is None else {"base": kept.raw, "sft": kept.mask}
    return {face: _speaker(kept, face, model) for face, model in faces.items()}


def _speaker(kept: Kept, face: str, model: Model) -> BuiltIn:
    card = Card(face, f"{kept.name} {face}", Tier.BUILT_IN, model.shape.parameters, LIMITS)
    return BuiltIn(card, model, kept.tokenizer)
