"""Anki's note types: one for each family of question kinds. Their numbers never change."""

import genanki

FIELDS = (
    "Question",
    "Given",
    "Answer",
    "Also right",
    "Wrong answers",
    "Hint 1",
    "Hint 2",
    "Explanation",
    "Note",
    "Source",
    "Id",
)
"""The fields of each note type, in order. A new one goes to the end, lest old notes shift."""

_CSS = """
.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em;
        margin: 1em auto; line-height: 1.45; }
code, pre { font-family: monospace; }
.right { border-left: 4px solid #2a7; padding-left: .7em; }
.aside { color: #777; font-size: 14px; }
"""
_HINTS = """
{{#Hint 1}}<p>{{hint:Hint 1}}</p>{{/Hint 1}}
{{#Hint 2}}<p>{{hint:Hint 2}}</p>{{/Hint 2}}
"""
_ASKED = "{{Question}}{{Given}}"
_REST = """
{{#Also right}}<p><b>Also right</b></p>{{Also right}}{{/Also right}}
{{Explanation}}
{{#Wrong answers}}<p><b>What is wrong with the others</b></p>{{Wrong answers}}{{/Wrong answers}}
{{#Note}}<p class="aside">{{Note}}</p>{{/Note}}
<p class="aside">{{Source}}</p>
"""
_RIGHT = '<hr id="answer"><div class="right">{{Answer}}</div>'


def _note_type(
    number: int, name: str, front: str, back: str, kind: int = genanki.Model.FRONT_BACK
) -> genanki.Model:
    return genanki.Model(
        number,
        f"Tutor: {name}",
        fields=[{"name": field} for field in FIELDS],
        templates=[{"name": name.capitalize(), "qfmt": front + _HINTS, "afmt": back + _REST}],
        css=_CSS,
        model_type=kind,
    )


CHOICE = _note_type(1774500101, "choice", _ASKED, _ASKED + _RIGHT)
TYPED = _note_type(
    1774500102, "typed answer", _ASKED + "{{type:Answer}}", _ASKED + "{{type:Answer}}" + _RIGHT
)
CLOZE = _note_type(
    1774500103,
    "blanks",
    "{{cloze:Question}}{{Given}}",
    "{{cloze:Question}}{{Given}}",
    genanki.Model.CLOZE,
)
ARRANGED = _note_type(1774500104, "order and pairs", _ASKED, _ASKED + _RIGHT)
WRITTEN = _note_type(1774500105, "in your own words", _ASKED, _ASKED + _RIGHT)
