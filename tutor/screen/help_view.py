"""The page behind the question mark."""

from rich.console import RenderableType
from rich.text import Text

PAGE = """\
Enter       go on, where nothing is asked
1 2 3 …     choose; then Enter. Nothing is chosen for you
+           read what lies deeper, where it is offered; - goes back to the
            main path. Always or never: tutor progress deeper show, skip
b           back to the step before; answers stay
h           a hint; after two hints, the answer
s           skip a question: shows its answer, which then counts as seen
a           answer a settled question again
=           after a wrong verdict on typed words or numbers: mine means
            the same. It then counts as right, and is listed for the author
o           after a free response: a second opinion, from the model that
            you chose. It changes nothing
m           after a quiz: practise what you missed
s, r        at a demonstration: save it in your notebook; run it again,
            `r some text` with a text of yours
l           list the steps of this lesson, and go to one
.           show the page again
n           write a note of your own
w           say that a question is wrong or unclear (kept on this machine)
g           look up a term; `g token` at once
i           ask about this lesson, and go on asking; `i why is that so?`
?           this page
q           quit; `tutor` brings you back to this very step"""
WORDS = """\
Here an answer is typed in words or numbers, so commands start with a
colon: :h for a hint, :s to skip, :q to quit."""
CHOICES = "A colon before a key is always right too: :q quits on every screen."


def help_page(*, free_text: bool) -> list[RenderableType]:
    """All keys in one place."""
    return [Text(""), Text(PAGE), Text(""), Text(WORDS if free_text else CHOICES)]
