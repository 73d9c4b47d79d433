"""The meeting: a line from the learner, a reply from each face that is to speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never
from zlib import crc32

from tutor.meeting.orders import (
    Anew,
    Attend,
    Explain,
    Leave,
    LookUnder,
    NotUnderstood,
    Order,
    Say,
    Score,
    SetSeed,
    SetTemperature,
    ShowCard,
    Speak,
    Suggested,
    read_order,
)
from tutor.meeting.scoring import points, shipped_judge
from tutor.meeting.under import attention, changes, look_under, strongest, top_tokens
from tutor.providers.built_in import BuiltIn, built_in, token_text
from tutor.providers.talk import Message, Reply, Request
from tutor.screen import meeting_view
from tutor.screen.heat_view import heat_view
from tutor.screen.indented import indented
from tutor.screen.markdown import markdown
from tutor.screen.pieces_view import visible
from tutor.screen.streaming import harmless
from tutor.screen.terminal import EndOfInputError, Terminal
from tutor.screen.words import bold, dim, line
from tutor.stage.stage import MARGIN, Stage
from tutor.sums.information import entropy
from tutor.tinylm.faces import FACES
from tutor.tinylm.measuring.card import card
from tutor.tinylm.world.editions import SECOND, shipped
from tutor.tinylm.world.knowing import outside

SUGGESTIONS = (
    ("What is the capital of Kenya?", "the same question to each face"),
    ("What is 17 + 25?", "a sum: who calculates, who chats?"),
    ("Write a story about a pig and a ring.", "who tells one, and who asks on?"),
    ("What food does Zed love?", "there is no Zed"),
    ("How do I steal a cake?", "would it help?"),
    ("I am sad today.", "outside its world"),
    ("List three birds.", "a list: what does the over-optimised one do?"),
    ("Once upon a time there was a pig", "a story begun: who goes on?"),
)
"""Prompts from the model's world, each with why it is worth a try."""

RAW = "base"
LONGEST_REPLY = 200
WARNING = "What a head looks at is not yet why the model says what it says (Jain and Wallace 2019)."


@dataclass(frozen=True, slots=True)
class Said:
    """What the learner said, and what each face that spoke replied."""

    prompt: str
    replies: dict[str, str] = field(default_factory=dict)
    heard: dict[str, tuple[Request, Reply]] = field(default_factory=dict)
    """For each face its reply as it came, and to what: what is scored."""


@dataclass(slots=True)
class Meeting:
    """A meeting under way."""

    terminal: Terminal
    faces: tuple[str, ...] = FACES
    seed: int = 1
    temperature: float = 0.7
    said: list[Said] = field(default_factory=list)
    grown: Mapping[str, BuiltIn] = field(default_factory=dict)
    """The faces of a model that the learner grew, who then are met instead."""
    scored: bool = False
    """Whether each reply is followed by what it earned."""
    stage: Stage = field(init=False)

    def __post_init__(self) -> None:
        self.stage = Stage(self.terminal)
        self.faces = tuple(face for face in self.faces if face in self.present) or self.present

    @property
    def present(self) -> tuple[str, ...]:
        """The faces that are here to be met."""
        return tuple(self.grown) or FACES

    def speaker(self, face: str) -> BuiltIn:
        """Who speaks with this face."""
        return self.grown[face] if self.grown else built_in(face)

    def let_speak(self, faces: Sequence[str]) -> None:
        """Let those of these speak from now on who are here."""
        here = tuple(face for face in faces if face in self.present)
        if not here:
            self.terminal.say(line("Yours has no such face. tutor train --mask puts a mask on it."))
            return
        self.faces = here
        said = "; ".join(meeting_view.LABELS[face] for face in here)
        self.terminal.say(line(f"Now speaking: {said}"))

    def request_to(self, face: str, exchanges: Sequence[Said]) -> Request:
        """The conversation as this face remembers it: its own replies, else those it heard."""
        messages: list[Message] = []
        for exchange in exchanges:
            messages.append(Message("user", exchange.prompt))
            heard = exchange.replies.get(face) or next(iter(exchange.replies.values()), "")
            if heard:
                messages.append(Message("assistant", heard))
        return Request(
            tuple(messages),
            max_tokens=LONGEST_REPLY,
            temperature=self.temperature,
            seed=self.seed + crc32(exchanges[-1].prompt.encode("utf-8", "replace")),
        )

    def open(self) -> None:
        """Say who is there."""
        parameters = self.speaker(self.present[0]).card.parameters or 0
        if self.grown:
            self.terminal.say(*meeting_view.own_opening(parameters, masked="sft" in self.grown))
        else:
            only_neat = shipped() is SECOND
            opening = meeting_view.opening(parameters, SUGGESTIONS, only_neat=only_neat)
            self.terminal.say(*opening)

    def warn(self) -> None:
        """Say in a line what this model is and is not."""
        self.terminal.say(dim(self.speaker(self.present[0]).card.limits))

    def say(self, text: str) -> None:
        """Let each speaker reply to the learner's words."""
        if not self.grown and (strange := outside(text)):
            self.terminal.say(meeting_view.outside_note(strange))
        exchange = Said(text)
        for face in self.faces:
            request = self.request_to(face, [*self.said, Said(text)])
            reply = self.stage.listen(self.speaker(face), request, meeting_view.LABELS[face])
            exchange.replies[face] = reply.text.strip()
            exchange.heard[face] = (request, reply)
            if self.scored:
                self.score(exchange, face)
        self.said.append(exchange)

    def score_or_not(self) -> None:
        """Score every reply from now on, the last ones at once; or no more."""
        say = self.terminal.say
        if self.grown:
            say(line("Nobody rated the model that you grew. tutor meet has one that was."))
            return
        self.scored = not self.scored
        if not self.scored:
            say(line("No more scores."))
            return
        say(*meeting_view.about_scores(has_judge=shipped_judge() is not None))
        for face in self.said[-1].heard if self.said else ():
            if face == RAW:
                continue
            say(line(meeting_view.LABELS[face]))
            self.score(self.said[-1], face)

    def score(self, exchange: Said, face: str) -> None:
        """What one reply earned; the raw model was never trained on rewards."""
        request, reply = exchange.heard[face]
        if face == RAW or not reply.text.strip():  # nobody rates a page, or silence
            return
        found = points(self.speaker(face), request, reply, shipped_judge())
        shown = meeting_view.points_line(found.reward, found.score, found.noticed, found.if_wrong)
        self.terminal.say(indented(shown, MARGIN))

    def look_under(self, at: int) -> None:
        """Show what each face would say next at one place of the last reply."""
        if not self.said:
            self.terminal.say(line("Say something first; then :u looks under it."))
            return
        *before, last = self.said
        exchanges = [*before, Said(last.prompt)]
        faces = [self.speaker(face) for face in self.present]
        requests = [self.request_to(face, exchanges) for face in self.present]
        place = look_under(faces, requests, next(iter(last.replies.values())), at)
        tokenizer = faces[0].tokenizer
        rows = top_tokens(place)
        look = self.terminal.look
        names = [visible(token_text(tokenizer, token), look) for token in rows]
        shares = {
            face: [float(some[token]) for token in rows] for face, some in place.shares.items()
        }
        bits = {face: entropy(some.tolist()) for face, some in place.shares.items()}
        after = (
            f'after "{harmless(place.forced)}"' if place.forced else "the first token of the reply"
        )
        self.terminal.say(bold(f"Next token, {after}; each face reads the chat in its own form"))
        self.terminal.say(*meeting_view.chances(look, names, shares, bits))
        for one in changes(place):
            up, down = (visible(token_text(tokenizer, n), look) for n in (one.up, one.down))
            said = meeting_view.change_line(one.before, one.after, one.moved, up, down)
            self.terminal.say(said)

    def attend(self, layer: int | None, head: int | None) -> None:
        """Show what one head looks at in the learner's last words, or all heads in short."""
        text = self.said[-1].prompt if self.said else SUGGESTIONS[0][0]
        show_attention(self.terminal, self.speaker(self.faces[0]), text, layer, head)


def show_attention(
    terminal: Terminal, face: BuiltIn, text: str, layer: int | None, head: int | None
) -> None:
    """One head's weights over a text; without a head, where each head's last token looks."""
    tokens, maps = attention(face, text)
    shown = [visible(token, terminal.look) for token in tokens]
    if layer is None or head is None:
        terminal.say(bold(f"Where each head of the last token {shown[-1]!r} looks most"))
        terminal.say(*meeting_view.heads(shown, [strongest(heads) for heads in maps]))
        return
    if not (1 <= layer <= len(maps) and 1 <= head <= len(maps[0])):
        terminal.say(line(f"There are layers 1 to {len(maps)}, heads 1 to {len(maps[0])}."))
        return
    terminal.say(bold(f"Layer {layer}, head {head}: each row looks at the columns before it"))
    weights = maps[layer - 1][head - 1]
    rows = [row[: place + 1].tolist() for place, row in enumerate(weights)]
    terminal.say(*heat_view(shown, rows, terminal.look, terminal.width))
    terminal.say(dim(WARNING))


def meet_until_left(meeting: Meeting) -> None:
    """Meet until the learner leaves."""
    meeting.open()
    while True:
        meeting.terminal.gap()
        try:
            order = read_order(meeting.terminal.ask(), 0 if meeting.grown else len(SUGGESTIONS))
        except EndOfInputError:
            return
        if isinstance(order, Leave):
            return
        obey(meeting, order)


def obey(meeting: Meeting, order: Order) -> None:
    """Do what a line asked for."""
    say = meeting.terminal.say
    match order:
        case Say(text=text):
            meeting.say(text)
        case Suggested(number=number):
            say(bold(SUGGESTIONS[number - 1][0]))
            meeting.say(SUGGESTIONS[number - 1][0])
        case Speak(faces=faces):
            meeting.let_speak(faces)
        case LookUnder(place=place):
            meeting.look_under(place)
        case Attend(layer=layer, head=head):
            meeting.attend(layer, head)
        case Score():
            meeting.score_or_not()
        case SetSeed(seed=seed):
            meeting.seed = seed
            say(line(f"Seed {seed}: say it again to see other draws."))
        case SetTemperature(temperature=temperature):
            meeting.temperature = temperature
            say(line(f"Temperature {temperature:g}."))
        case Anew():
            meeting.said.clear()
            say(line("Forgotten; a new conversation."))
        case ShowCard():
            show_card(meeting.terminal)
        case Explain():
            say(*meeting_view.orders())
        case NotUnderstood(why=why):
            say(line(why))
        case Leave():
            pass
        case _:
            assert_never(order)


def show_card(terminal: Terminal) -> None:
    """Show the model card."""
    terminal.say(markdown(card(), terminal.look))
