"""From a token's arrival on the wire to the screen: ours against a bare httpx-and-print loop.

    python -m tests.providers.benchmark            measure
    python -m tests.providers.benchmark --check    and fail when a limit is missed

A child process plays the server, so that its work is not counted as ours, and notes when each token
went out; a thread reads the pseudo-terminal and notes when each could be seen. Both ways are
measured in turn, round by round, on the same machine.
"""

import argparse
import json
import os
import pty
import socket
import statistics
import subprocess
import sys
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tutor.providers.openai_wire import open_openai
from tutor.providers.talk import Card, Tier, user
from tutor.screen.terminal import open_terminal
from tutor.stage.stage import Stage

ROUNDS, TOKENS, RATE = 5, 300, 100
FAST_TOKENS, FAST_RATE = 3000, 1000
LIMIT = 3.0
"""Times the p95 of the bare loop."""
BEHIND = 0.25
"""Seconds that a stream of 1,000 tokens a second may end after its last token was sent."""
MARK = "æ"


def play_server(tokens: int, rate: int) -> None:
    """Serve one call, token by token; then write when each went out, for the parent to read."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(listener.getsockname()[1], flush=True)
        line, _ = listener.accept()
    with line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        seen = b""
        while b"\r\n\r\n" not in seen or not seen.rstrip().endswith(b"}"):
            seen += line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")
        line.sendall(b"Connection: close\r\n\r\n")
        moments = []
        start = time.perf_counter()
        for number in range(tokens):
            time.sleep(max(0.0, start + number / rate - time.perf_counter()))
            chunk = {"choices": [{"index": 0, "delta": {"content": f" w{number}{MARK}"}}]}
            moments.append(time.monotonic())
            line.sendall(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        chunk = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
        line.sendall(b"data: " + json.dumps(chunk).encode() + b"\n\ndata: [DONE]\n\n")
    print(json.dumps(moments), flush=True)


def bare(url: str, screen: int) -> None:
    """The least that anybody could do."""
    body = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "Hi?"}]}
    with (
        open(screen, "w", closefd=False) as out,
        httpx.stream("POST", f"{url}/chat/completions", json=body) as response,
    ):
        for line in response.iter_lines():
            if line.startswith("data: {"):
                delta = json.loads(line[6:])["choices"][0]["delta"]
                print(delta.get("content", ""), end="", flush=True, file=out)


def ours(url: str, screen: int) -> None:
    """What a learner sees."""
    with open(screen, "w", closefd=False) as out:
        stage = Stage(open_terminal(plain=False, out=out))
        speaker = open_openai(Card("there", "m", Tier.LOCAL), url, "m")
        reply = stage.listen(speaker, user("Hi?", max_tokens=FAST_TOKENS))
        assert reply.text.count(MARK) in (TOKENS, FAST_TOKENS)


@dataclass
class Watcher:
    """Reads a pseudo-terminal and notes when each token stood on it."""

    seen: list[float] = field(default_factory=list)

    def watch(self, screen: int, tokens: int) -> None:
        mark = MARK.encode()
        rest = b""
        while len(self.seen) < tokens:
            data = rest + os.read(screen, 65536)
            now = time.monotonic()
            self.seen += [now] * data.count(mark)
            rest = data[-1:] if data[-1:] == mark[:1] else b""


def delays(way: Callable[[str, int], None], tokens: int, rate: int) -> list[float]:
    """Seconds from each token's leaving the server to its standing on the screen."""
    command = [sys.executable, "-m", "tests.providers.benchmark"]
    command += ["--serve", str(tokens), str(rate)]
    master, slave = pty.openpty()
    tty.setraw(slave)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        url = f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        watcher = Watcher()
        thread = threading.Thread(target=watcher.watch, args=(master, tokens))
        thread.start()
        way(url, slave)
        thread.join()
        sent = json.loads(server.stdout.readline())
    os.close(slave)
    os.close(master)
    return [seen - moment for seen, moment in zip(watcher.seen, sent, strict=True)]


def p95(found: list[float]) -> float:
    """The delay that 95 of 100 tokens do not exceed."""
    return statistics.quantiles(found, n=20)[-1]


def main() -> int:
    """Measure, tell; 1 when checking and a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--serve", nargs=2, type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        play_server(*given.serve)
        return 0
    ways = {"bare httpx": bare, "tutor": ours}
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            found[name] += delays(way, TOKENS, RATE)
    for name, times in found.items():
        middle, most = 1000 * statistics.median(times), 1000 * p95(times)
        print(f"{name:12} median {middle:6.2f} ms   p95 {most:6.2f} ms")
    ratio = p95(found["tutor"]) / p95(found["bare httpx"])
    print(f"p95 ratio {ratio:.2f} (limit {LIMIT:g})")
    late = delays(ours, FAST_TOKENS, FAST_RATE)
    behind, most = late[-1], p95(late)
    print(f"1,000 tokens/s: p95 {1000 * most:.1f} ms, the last {1000 * behind:.1f} ms behind")
    return int(given.check and (ratio > LIMIT or behind > BEHIND))


if __name__ == "__main__":
    sys.exit(main())
