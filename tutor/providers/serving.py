"""A llama.cpp server as a process of its own: `python -m tutor.providers.serving`.

It reads one line of JSON, loads the weights, writes its address as one line of JSON, and serves
until its standard input ends: so it cannot outlive whoever started it, however that one died.
"""

import json
import os
import signal
import sys
import threading
from importlib import import_module
from typing import Any, NoReturn

HERE = "127.0.0.1"


def main() -> NoReturn:
    """Serve until nobody holds the other end of standard input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C stops a reply, not the server
    asked = json.loads(sys.stdin.buffer.readline() or b"null")
    ended = threading.Thread(target=_leave_with_the_parent, daemon=True)
    ended.start()  # before the weights load: that, too, must not outlive the parent
    try:
        sys.path[:0] = asked["packages"]
        server = _server(import_module("xllamacpp"), asked)
        said = {"address": server.listening_address}
    except Exception as error:  # noqa: BLE001  whatever it was, the parent says it
        said = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(said), flush=True)
    if "address" in said:
        ended.join()
    os._exit(0)  # the server's destructor can hang when it runs soon after the start


def _leave_with_the_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _server(xllamacpp: Any, asked: dict[str, Any]) -> Any:
    params = xllamacpp.CommonParams()
    params.model.path = asked["weights"]
    params.model_alias = {asked["model"]}
    params.hostnames, params.port = [HERE], 0
    params.api_keys = [asked["key"]]
    params.cors_origins = ""  # no page in a browser may read an answer
    params.ui = False
    params.cache_ram_mib = 0
    params.n_ctx, params.n_parallel = asked["context"], 1
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = asked["threads"]
    params.verbosity = 0
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
