"""Course files written: the model to YAML that our strict reader reads back as it was."""

from typing import Any

import msgspec
import yaml

WIDTH = 100


class _Dumper(yaml.SafeDumper):
    """Lists indented under their field, as lessons have them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    fits_a_block = "\n" in text and text == "\n".join(map(str.rstrip, text.split("\n")))
    style = "|" if fits_a_block and not text.startswith((" ", "\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def yaml_text(part: Any) -> str:
    """A part of the model as a file's text; what has its usual value is left out."""
    plain = msgspec.to_builtins(part, str_keys=True)
    return str(yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH))
