"""How fast a shipped face is: `python -m tests.tinylm.speed [WEIGHTS.safetensors]` (no test).

Each engine runs as a child process of its own on one thread: numpy as the package uses it, then
torch on the same weights where it is installed. Memory is the child's largest resident size.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from random import Random

ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
DECODED, ROUNDS = 200, 5
PROMPT = 32


def best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The shortest time of some rounds, in seconds: what the machine can do undisturbed."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def resident() -> float:
    """The largest resident size of this process so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def measured(
    load: Callable[[], object],
    decode: Callable[[], object],
    prefill: Callable[[], object],
    context: int,
    imported: float,
) -> dict[str, float]:
    return {
        "load, ms": 1e3 * best(load),
        "decode, tokens/s": DECODED / best(decode),
        "prefill, tokens/s": context / best(prefill),
        "memory, MB": resident(),
        "of it for Python and imports, MB": imported,
    }


def with_numpy(path: Path) -> dict[str, float]:
    from tutor.tinylm import model
    from tutor.tinylm.sampling import Sampler, generate

    imported = resident()
    asked = model.load(path)
    context = asked.shape.context
    return measured(
        lambda: model.load(path),
        lambda: list(generate(asked, range(PROMPT), Sampler(0.7, limit=DECODED), Random(0))),
        lambda: model.forward(asked, range(context)),
        context,
        imported,
    )


ENGINES = {"numpy": "tests.tinylm.speed", "torch": "tests.tinylm.training.speed"}
"""What can be compared, and the module whose process measures it."""


def in_a_child(engine: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", ENGINES[engine], str(path), "--measure"]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def settings() -> list[str]:
    """The environment variables that change OpenBLAS, as the children see them."""
    seen = os.environ | ONE_THREAD
    names = ["OPENBLAS_CORETYPE", *ONE_THREAD]
    return [f"{name}={seen.get(name, '(not set)')}" for name in names]


def machine() -> str:
    from numpy import __config__ as numpy_config

    blas = numpy_config.show(mode="dicts")["Build Dependencies"]["blas"]
    details = blas.get("openblas configuration", "")
    return f"{platform.machine()}, {os.cpu_count()} cores, numpy with {blas['name']} {details}"


def main() -> None:
    from tutor.tinylm.faces import WEIGHTS

    parser = argparse.ArgumentParser(prog="python -m tests.tinylm.speed", description=__doc__)
    parser.add_argument("weights", type=Path, nargs="?", default=WEIGHTS / "sft.safetensors")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(with_numpy(given.weights)))
        return
    print(machine(), *settings(), f"{given.weights.name}, load average {os.getloadavg()[0]:.1f}",
          sep="\n")  # fmt: skip
    engines = [name for name in ENGINES if find_spec(name)]
    columns = {engine: in_a_child(engine, given.weights) for engine in engines}
    print(f"{'':34}" + "".join(f"{engine:>12}" for engine in columns))
    for name in columns["numpy"]:
        print(f"{name:34}" + "".join(f"{column[name]:12,.1f}" for column in columns.values()))
    if "torch" not in columns:
        print("torch is not installed here: no comparison")


if __name__ == "__main__":
    main()
