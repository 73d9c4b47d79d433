"""What every page is made of: its head, its sections, its tiles, what is folded."""

from collections.abc import Iterable
from importlib.resources import files
from xml.etree.ElementTree import Element

from tutor.page.elements import Part, tag

SEALED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"
"""A browser fetches nothing for a page, whatever may stand in it, and runs nothing."""


def head(title: str, generator: str) -> list[Element]:
    """The head of a page; by `generator` it is known as one of ours."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8")
    policy = {"http_equiv": "Content-Security-Policy", "content": SEALED}
    return [
        tag("meta", charset="utf-8"),
        tag("meta", **policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content=generator),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", title),
        tag("link", rel="icon", href="data:,"),
        tag("style", style),
    ]


def section(name: str, title: str, *inside: Part, wide: bool = False) -> Element:
    """A part of a page under a heading, by which it is called."""
    shape = {"class_": "wide"} if wide else {}
    return tag("section", tag("h2", title, id=name), *inside, aria_labelledby=name, **shape)


def tiles(told: Iterable[tuple[str, Part]]) -> Element:
    """A few numbers that stand out, each with what it is."""
    each = [tag("div", tag("dt", name), tag("dd", number)) for name, number in told]
    return tag("dl", *each, class_="tiles")


def figure(plot: Element, said: str) -> Element:
    """A plot with words below it."""
    return tag("figure", plot, tag("figcaption", said, class_="dim"))


def behind(numbers: Element, *, said: str = "The numbers", long: bool = False) -> Element:
    """The numbers of a plot, folded; on paper they are open, unless there are pages of them."""
    shape = {"class_": "long"} if long else {}
    return tag("details", tag("summary", said), numbers, **shape)
