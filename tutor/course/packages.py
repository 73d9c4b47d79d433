"""Courses in installed packages, found through their metadata; nothing of them is imported.

A package declares the entry point group `tutor.courses`: a name, and the package in whose folder
course.yaml lies, as in  bread = "bread_course"  or  bread = "bread_course.lessons".
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, EntryPoint, entry_points
from pathlib import Path
from urllib.parse import unquote, urlsplit

GROUP = "tutor.courses"
_MODULE = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)


def packaged() -> Iterator[tuple[str, str, Path]]:
    """Each course's name, the package that brings it, and its folder."""
    for point in entry_points(group=GROUP):
        folder = _folder(point)
        if folder is not None and point.dist is not None:
            yield point.name, point.dist.name, folder


def bringing_none(name: str) -> str | None:
    """Name the package that declares a course and has no course.yaml where it says."""
    for point in entry_points(group=GROUP, name=name):
        if point.dist is not None and _folder(point) is None:
            return point.dist.name
    return None


def _folder(point: EntryPoint) -> Path | None:
    if point.dist is None or not _MODULE.fullmatch(point.value):
        return None
    parts = point.value.split(".")
    for root in _roots(point.dist):
        folder = root.joinpath(*parts)
        if (folder / "course.yaml").is_file():
            return folder
    return None


def _roots(dist: Distribution) -> Iterator[Path]:
    """Where a distribution's files lie: installed, or, with pip install -e, its sources."""
    yield Path(str(dist.locate_file("")))
    try:
        origin = json.loads(dist.read_text("direct_url.json") or "{}")
        editable = bool(origin.get("dir_info", {}).get("editable"))
        url = urlsplit(str(origin.get("url", "")))
    except (ValueError, AttributeError):
        return
    if editable and url.scheme == "file":
        project = Path(unquote(url.path))
        yield from (project, project / "src")
