"""The workbench: what a deed does to where the learner looks, with an undo and a lab sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from random import Random

from tutor.errors import TutorError
from tutor.looking import lab_sheet, sight, telling
from tutor.looking.deeds import Deed, changes
from tutor.looking.lab_sheet import Way
from tutor.looking.laboratory import Reading, directions, reading
from tutor.looking.pieces import Spot
from tutor.looking.sight import Changed, Pane, Sight, Steer
from tutor.looking.speakers import NAMES, Loader, Speaker, speaker
from tutor.stage.lab_sheet import TITLE, paragraphs
from tutor.tinylm.inside.changes import Head
from tutor.tinylm.inside.findings import findings
from tutor.tinylm.sampling import Sampler, draw, probabilities


class Typing(Enum):
    """Which text is being typed."""

    FIRST = "the text"
    SECOND = "the second text"


Notebook = Callable[[str, Sequence[str]], str]
"""Keep paragraphs under a title; what to say of it. TutorError where it cannot be."""
EXPECTED = {
    Deed.DOWN: Way.FALLS,
    Deed.LEFT: Way.STAYS,
    Deed.RIGHT: Way.STAYS,
    Deed.UP: Way.RISES,
}
LAB_ON = "Lab sheet on: before each change, say what you expect. It is kept in your notebook."
SAME_YET = "Both texts are the same yet: change a word of the second, and see what it carries over."
END = 10**6
"""A place behind every text: the last one."""


@dataclass
class Bench:
    """A model on the bench, and the learner before it."""

    reading: Reading
    mine: Loader
    notebook: Notebook
    rng: Random
    note: str = ""
    """Something to be said once, at the foot."""
    lab: bool = False
    pending: Deed | None = None
    """A change that waits for what is expected of it."""
    explaining: bool = False
    typing: Typing | None = None
    left: bool = False
    history: list[Sight] = field(default_factory=list)

    @property
    def sight(self) -> Sight:
        """Where the learner looks."""
        return self.reading.sight

    @property
    def speaker(self) -> Speaker:
        """Who is looked into."""
        return self.reading.speaker

    @property
    def foot(self) -> str:
        """What is said at the foot."""
        if self.pending is not None:
            return lab_sheet.question(self.reading)
        return self.note or telling.foot(self.reading)

    def look(self, there: Sight) -> None:
        """Look there; what cannot be is said, and nothing changes."""
        try:
            self.reading = reading(self.speaker, there)
        except TutorError as error:
            self.note = f"{error.message} {error.hint}"

    def change(self, there: Sight) -> None:
        """Look there, so that it can be undone."""
        if there != self.sight:
            self.history.append(self.sight)
            self.look(there)

    def do(self, deed: Deed) -> None:
        """Do what a key asks for."""
        if self.explaining:
            self.explaining = False
        elif self.pending is not None:
            self._expect(deed)
        else:
            self.note = ""
            if self.lab and changes(deed):
                self.pending = deed
            else:
                self._do(deed)

    def _expect(self, deed: Deed) -> None:
        """Hear what is expected, make the change, and keep both."""
        pending, self.pending = self.pending, None
        expected, before = EXPECTED.get(deed), self.reading
        if expected is None or pending is None:
            self.note = "Nothing was changed."
            return
        self._do(pending)
        if self.reading.sight.changed == before.sight.changed:
            return  # there was nothing to change, and that was said
        one = lab_sheet.tried(before, self.reading, expected)
        self.note = one.told
        try:
            self.notebook(TITLE, paragraphs(lab_sheet.rows(one)))
        except TutorError as error:
            self.note = f"{one.told} {error.message}."

    def _do(self, deed: Deed) -> None:
        """What changes the model, or what it reads."""
        shape, here = self.speaker.model.shape, self.sight
        match deed:
            case Deed.TAKE_OUT:
                self._take_out()
            case Deed.PUSH:
                self._push()
            case Deed.STRONGER:
                self._dial(sight.turned(here, 1))
            case Deed.WEAKER:
                self._dial(sight.turned(here, -1))
            case Deed.EARLIER:
                self._dial(sight.shifted(here, -1, shape))
            case Deed.LATER:
                self._dial(sight.shifted(here, 1, shape))
            case Deed.WRITE:
                self._write()
            case Deed.ERASE:
                self.change(replace(here, said=here.said[:-1], place=END, token=None))
            case Deed.MODEL:
                self._next_model()
            case Deed.UNDO:
                self._undo()
            case Deed.CLEAR:
                self.change(sight.unchanged(here))
            case _:
                self._do_otherwise(deed)

    def _do_otherwise(self, deed: Deed) -> None:
        """What only changes how one looks."""
        here = self.sight
        match deed:
            case Deed.LAYER_BEFORE | Deed.LAYER_AFTER:
                step = 1 if deed is Deed.LAYER_AFTER else -1
                self.look(replace(here, layer=max(0, here.layer + step)))
            case Deed.OTHER_PANE:
                self._turn(1)
            case Deed.PANE_BEFORE:
                self._turn(-1)
            case Deed.PATCH:
                self._type(Typing.SECOND)
            case Deed.COOLER:
                self.look(sight.hotter(here, -1))
            case Deed.HOTTER:
                self.look(sight.hotter(here, 1))
            case Deed.NARROWER:
                self.look(sight.wider(here, -1))
            case Deed.WIDER:
                self.look(sight.wider(here, 1))
            case Deed.EDIT:
                self._type(Typing.FIRST)
            case Deed.EXPLAIN:
                self.explaining = True
            case Deed.LAB:
                self.lab = not self.lab
                self.note = LAB_ON if self.lab else "Lab sheet off."
            case Deed.LEAVE:
                self.left = True
            case _:
                self._move(deed)

    def _type(self, which: Typing) -> None:
        """Begin to type a text; what stood there can be had back."""
        self.history.append(self.sight)
        self.typing = which
        if which is Typing.SECOND:
            self.typed(self.text)
            if self.sight.other == self.sight.text:
                self.note = SAME_YET

    def _move(self, deed: Deed) -> None:
        if self.sight.pane is Pane.NEXT and deed in (Deed.UP, Deed.DOWN):
            self._follow(1 if deed is Deed.DOWN else -1)
            return
        shape, places = self.speaker.model.shape, self.reading.places
        self.look(sight.moved(self.sight, deed, shape, places))

    def _follow(self, step: int) -> None:
        """Follow the next token on the list."""
        tokens = [one.token for one in self.reading.nexts]
        at = tokens.index(self.reading.wanted) if self.reading.wanted in tokens else 0
        token = tokens[sight.clipped(at + step, len(tokens))]
        self.look(replace(self.sight, token=token))

    def _turn(self, step: int) -> None:
        """Look at the next pane."""
        panes = list(Pane)
        self.see(panes[(panes.index(self.sight.pane) + step) % len(panes)])

    def see(self, pane: Pane) -> None:
        """Look at this pane."""
        self.look(replace(self.sight, pane=pane))

    def _take_out(self) -> None:
        match self.sight.pane:
            case Pane.ATTENTION | Pane.PARTS:
                part = self.sight.part(self.speaker.model.shape)
                self.change(sight.toggled(self.sight, part))
            case Pane.PATCH if self.sight.other.strip():
                self.change(sight.carried_over(self.sight))
            case Pane.PATCH:
                self.note = "There is no second text yet: press p."
            case Pane.LENS | Pane.NEXT:
                self.note = "Space takes out a head or an MLP: choose one in pane 1 or 3."

    def _push(self) -> None:
        """The next direction that there is; after the last one, none."""
        found = directions(self.speaker, self.sight)
        if not found:
            self.note = "No direction is known for this model: type a second text with p."
            return
        steer = self.sight.changed.steer
        names = [name for name, _, _ in found]
        at = names.index(steer.name) + 1 if steer is not None and steer.name in names else 0
        new = None
        if steer is None or at < len(found):
            name, after, strength = found[at]
            new = Steer(name, after, self.reading.places - 1, strength)
        self.change(replace(self.sight, changed=replace(self.sight.changed, steer=new)))

    def _dial(self, there: Sight) -> None:
        if self.sight.changed.steer is None:
            self.note = "Nothing is pushed yet: press v."
        else:
            self.change(there)

    def _write(self) -> None:
        """Let the model write one token, drawn at this temperature and top-p."""
        scores = self.reading.seen.scores[-1]
        sampler = Sampler(self.sight.temperature, top_p=self.sight.top_p)
        token = draw(probabilities(scores, sampler), self.rng)
        if token in self.speaker.ends:
            self.note = f"It ends here: it drew {self.reading.label(token)}."
            return
        said = (*self.sight.said, token)
        self.change(replace(self.sight, said=said, place=END, token=None))

    def _next_model(self) -> None:
        names = [name for name in NAMES if name != self.speaker.name]
        at = NAMES.index(self.speaker.name)
        for name in (*NAMES[at + 1 :], *NAMES[:at]):
            if self.put_on(name):
                return
        self.note = f"There is no other model: {', '.join(names)} cannot be had."

    def put_on(self, name: str) -> bool:
        """Look into another model with the same text; False where it cannot be had."""
        changed = Changed(without=self.sight.changed.without)
        there = replace(self.sight, model=name, said=(), place=END, token=None, changed=changed)
        try:
            self.reading = reading(speaker(name, self.mine), there)
        except TutorError:
            return False
        self.history.clear()
        return True

    def _undo(self) -> None:
        if self.history:
            self.look(self.history.pop())
        else:
            self.note = "There is nothing to undo."

    def typed(self, text: str) -> None:
        """The text that is being typed stands like this now."""
        self.note = ""
        text = text.replace("\\n", "\n")
        if self.typing is Typing.SECOND:
            self.look(sight.beside(self.sight, text))
        else:
            self.look(replace(sight.asked_otherwise(self.sight, text), place=END))

    @property
    def text(self) -> str:
        """The text that is being typed, as it stands; a line's end in two letters."""
        here = self.sight
        text = here.other or here.text if self.typing is Typing.SECOND else here.text
        return text.replace("\n", "\\n")

    def click(self, pane: Pane | None, spot: Spot | None) -> None:
        """Go to what was clicked."""
        if self.pending is not None or self.explaining:
            return
        there = self.sight if pane is None else replace(self.sight, pane=pane)
        if spot is not None:
            known = {
                name: value
                for name in ("place", "layer", "column", "after", "token")
                if (value := getattr(spot, name)) is not None
            }
            if "place" in known:
                known.setdefault("token", None)
            there = replace(there, **known)
        self.note = ""
        self.look(there)


def first_sight(model: str, text: str, speaking: Speaker) -> Sight:
    """Where a look begins: at the last token, on a head that carries facts if there is one."""
    copier, shape = Head.named(findings().copying.copiers[0]), speaking.model.shape
    there = copier.layer < shape.layers and copier.head < shape.heads
    at = copier if there else Head(shape.layers - 1, 0)
    return Sight(model, text, layer=at.layer, column=at.head, place=END, after=shape.layers)
