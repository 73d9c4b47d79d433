"""A raw model that is no face of the shipped one, heard."""

from tutor.providers.built_in import BuiltIn
from tutor.providers.talk import Card, Request, Tier, collect
from tutor.screen.indented import indented
from tutor.screen.streaming import harmless
from tutor.screen.words import Renderable, line
from tutor.tinylm.faces import load_tokenizer
from tutor.tinylm.model import Model
from tutor.tinylm.tokenizer import Tokenizer


def continued(model: Model, request: Request, tokenizer: Tokenizer | None = None) -> Renderable:
    """A prompt, and what a raw model that is no face writes after it."""
    card = Card("raw", "raw", Tier.BUILT_IN)
    speaker = BuiltIn(card, model, tokenizer or load_tokenizer())
    text = " ".join(harmless(collect(speaker.stream(request)).text).split())
    prompt = harmless(request.prompt or "")
    return indented(line(f"{prompt} … {text or '(it ends the text here)'}"), 2)
