"""How fast the heavy pages are: python bench/pages.py [--sizes 200,2000,20000] [--seconds 4] [--only WORD]

Each size gets a database of its own in a temporary folder, `booster serve` with 3 workers on loopback, and a load of
keep-alive connections from this process, so client and server share the machine. Times are of whole responses: the
server's first one, p50, p95 and p99 with one request at a time, requests a second with several connections at once.
Queries and bytes come from Django's test client, memory (proportional set size) from the kernel after the load.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
WORKERS, CONNECTIONS, ONE_BY_ONE = 3, 6, 60
TOO_LONG = 5  # seconds of one response, from which on a load says nothing more
AIMS = {  # requests a second, at the smallest size
    "public call page": 700,
    "application form": 400,
    "list of applications": 40,
    "evaluation board": 20,
}
HEAD = " " * 22 + "  files   req/s  aim   first  p50 ms     p95     p99  SQL      KB errors"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask(link: HTTPConnection, page: dict[str, Any]) -> int:
    headers = {"Accept-Encoding": "gzip", **({"Cookie": page["cookie"]} if page["cookie"] else {})}
    link.request("GET", page["path"], headers=headers)
    response = link.getresponse()
    response.read()
    return response.status


def one_by_one(port: int, page: dict[str, Any], seconds: float) -> tuple[float, list[float]]:
    """Milliseconds of the first request of all, and of each that follows, sorted: at most 60 of them, at most twice
    ``seconds`` long."""
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    taken: list[float] = []
    began = time.perf_counter()
    ask(link, page)
    first = (time.perf_counter() - began) * 1000
    until = time.perf_counter() + 2 * seconds
    for _ in range(WORKERS * 2):
        if time.perf_counter() < until:
            ask(link, page)
    until = time.perf_counter() + 2 * seconds
    while len(taken) < ONE_BY_ONE and (time.perf_counter() < until or len(taken) < 3):
        began = time.perf_counter()
        ask(link, page)
        taken.append((time.perf_counter() - began) * 1000)
    link.close()
    return first, sorted(taken)


def together(port: int, page: dict[str, Any], seconds: float) -> tuple[float, int]:
    """Requests a second over all connections, and how many did not answer 200. Each connection asks once before the
    clock starts, so that every worker has seen the page."""
    done, wrong = [0] * CONNECTIONS, [0] * CONNECTIONS
    ready = threading.Barrier(CONNECTIONS + 1)

    def load(n: int) -> None:
        link = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            wrong[n] += ask(link, page) != 200
        except OSError:
            wrong[n] += 1
            link.close()
        ready.wait()
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            try:
                wrong[n] += ask(link, page) != 200
            except OSError:
                wrong[n] += 1
                link.close()
            done[n] += 1
        link.close()

    threads = [threading.Thread(target=load, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began), sum(wrong)


def share(values: list[float], part: float) -> float:
    return values[min(len(values) - 1, int(len(values) * part))]


def memory(pid: int) -> float:
    """Megabytes of a process and its children, shared pages counted once between them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    kilobytes = 0
    for one in [pid, *map(int, children)]:
        lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


@contextmanager
def served(env: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A server on a free port; (port, process id)."""
    port = free_port()
    command = [str(BIN / "booster"), "serve", "--port", str(port), "--workers", str(WORKERS)]
    server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def measure(size: int, seconds: float, only: str) -> None:
    with tempfile.TemporaryDirectory(prefix="booster-bench-") as folder:
        env = {name: value for name, value in os.environ.items() if not name.startswith(("BOOSTER_", "DATABASE_URL"))}
        env |= {"BOOSTER_DATA": folder}
        for words in (["migrate", "--run-syncdb"], ["static"]):
            subprocess.run([str(BIN / "booster"), *words], env=env, check=True, stdout=subprocess.DEVNULL)
        began = time.perf_counter()
        command = [sys.executable, str(HERE / "filling.py"), str(size)]
        filled = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
        pages = json.loads(filled.stdout.splitlines()[-1])
        print(f"{'':22} {size:>6} applications, filled in {time.perf_counter() - began:.0f} s", flush=True)
        with served(env) as (port, pid):
            for name, page in pages.items():
                if only in name:
                    tell(name, size, page, port, seconds)
            print(f"{'':22} {size:>6} memory of the server with {WORKERS} workers: {memory(pid):.0f} MB", flush=True)


def tell(name: str, size: int, page: dict[str, Any], port: int, seconds: float) -> None:
    if page["seconds"] > TOO_LONG:
        print(f"{name:22} {size:>6} one response takes {page['seconds']:.0f} s: not put under load", flush=True)
        return
    first, taken = one_by_one(port, page, seconds)
    rate, wrong = together(port, page, seconds)
    aim = AIMS.get(name, "") if size == 200 else ""
    times = "".join(f"{ms:>8.1f}" for ms in (first, *(share(taken, part) for part in (0.5, 0.95, 0.99))))
    figures = f"{rate:>7.1f} {aim:>4}{times} {page['queries']:>4} {page['bytes'] / 1024:>7.1f} {wrong:>6}"
    print(f"{name:22} {size:>6} {figures}", flush=True)


def main() -> None:
    plain = argparse.RawDescriptionHelpFormatter
    says = argparse.ArgumentParser(prog="run.py bench pages", description=__doc__, formatter_class=plain)
    says.add_argument("--sizes", default="200,2000,20000", help="numbers of applications (200,2000,20000)")
    says.add_argument("--seconds", type=float, default=4, help="of load for each page (4)")
    says.add_argument("--only", default="", metavar="WORD", help="only pages with this word in their name")
    args = says.parse_args()
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {WORKERS} workers, {CONNECTIONS} connections\n{HEAD}"
    )
    for size in map(int, args.sizes.split(",")):
        measure(size, args.seconds, args.only)


if __name__ == "__main__":
    main()
