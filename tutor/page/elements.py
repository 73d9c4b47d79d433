"""HTML and SVG as trees: the standard library escapes, and nothing here is markup by accident."""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, tostring

from tutor.screen.streaming import harmless

Part = Element | str | None
"""What stands inside an element; None is nothing."""


def tag(name: str, /, *inside: Part, **attributes: object) -> Element:
    """An element with text and elements inside, in this order.

    An attribute's name loses a last underscore (`class_`); those within become hyphens. What a
    terminal would obey, or what would turn the order of words, is in none of the texts.
    """
    made = Element(name, {_named(key): harmless(str(it)) for key, it in attributes.items()})
    latest: Element | None = None
    for part in inside:
        if isinstance(part, Element):
            made.append(part)
            latest = part
        elif part and latest is None:
            made.text = (made.text or "") + harmless(part)
        elif part and latest is not None:
            latest.tail = (latest.tail or "") + harmless(part)
    return made


def _named(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")


def value(number: float, said: str) -> Element:
    """A number as it is read, with the exact one behind it for programs."""
    return tag("data", said, value=number)


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[Part]]) -> Element:
    """A table; the first of each row is what the row is about."""
    names = list(heads)
    head = tag("tr", *(tag("th", one, scope="col") for one in names))
    body = [
        tag("tr", tag("th", first, scope="row"), *_cells(names[1:], rest)) for first, *rest in rows
    ]
    return tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))


def _cells(names: Sequence[str], parts: Sequence[Part]) -> Iterator[Element]:
    """Cells that know their column's name, which stands beside them on a narrow screen."""
    for name, part in zip(names, parts, strict=True):
        yield tag("td", part, data_head=name)


def document(head: Iterable[Element], body: Iterable[Element]) -> str:
    """A whole page in English, as it is written to a file."""
    root = tag("html", tag("head", *head), tag("body", *body), lang="en")
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html") + "\n"
