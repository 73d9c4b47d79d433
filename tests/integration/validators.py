"""Two validators of xAPI statements that we did not write, each in an environment of its own.

They see different faults: Ralph's models pass a time without a zone and choices on a true-false
question, Learning Locker's library passes two choices of one id. So a statement must please both.
"""

import json
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.integration.foreign import environment, node_packages
from tests.integration.stores import RALPH

XAPI_VALIDATION = "@learninglocker/xapi-validation@3.0.0"
MOST_SECONDS = 300
OF_RALPH = """
import json, sys
from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

def faults(line):
    try:
        BaseXapiStatement.model_validate(json.loads(line))
    except ValidationError as error:
        return [f"{one['loc']}: {one['msg']}" for one in error.errors()]
    return []

print(json.dumps([faults(line) for line in sys.stdin if line.strip()]))
"""
OF_LEARNING_LOCKER = """
const check = require("@learninglocker/xapi-validation").default;
const lines = require("fs").readFileSync(0, "utf8").split("\\n").filter(Boolean);
const told = (one) => `${one.constructor.name} at ${(one.path || []).join(".")}`;
console.log(JSON.stringify(lines.map((line) => check(JSON.parse(line)).map(told))));
"""
Faults = list[list[str]]
"""What is wrong with each of some statements; nothing where it is sound."""


def faults_by_ralph(statements: Sequence[bytes]) -> Faults:
    """What the models of ralph-malph, from PyPI, find."""
    python = environment("ralph", RALPH) / "bin" / "python"
    return _asked([str(python), "-c", OF_RALPH], statements)


def faults_by_learning_locker(statements: Sequence[bytes]) -> Faults:
    """What Learning Locker's library, from npm, finds."""
    node, modules = node_packages("xapi-validation", XAPI_VALIDATION)
    return _asked([str(node), "-e", OF_LEARNING_LOCKER], statements, NODE_PATH=str(modules))


def _asked(words: list[str], statements: Sequence[bytes], **environ: str) -> Faults:
    done = subprocess.run(
        words,
        input=b"\n".join(statements),
        env=environ,
        timeout=MOST_SECONDS,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found: Any = json.loads(done.stdout)
    assert len(found) == len(statements)
    return list(found)
