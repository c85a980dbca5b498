"""The demo: an academy in a folder of its own, served with its worker. Standard library alone."""

import argparse
import json
import os
import shutil
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

from workshop.bare import environment, key_of, tool
from workshop.processes import ROOT, Stop, held, say, start, step


def fingerprint(folder: Path) -> str:
    """Changes when a source file does. Reads no contents."""
    seen = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            about = os.stat(os.path.join(where, name))
            seen.append(f"{where}/{name}:{about.st_size}:{about.st_mtime_ns}")
    return key_of(*seen)


def port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number between 1 and 65535")
    return int(text)


def need_free(number: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError as trouble:
            raise Stop(f"Port {number} cannot be had ({trouble.strerror}): choose another with --port N.") from None


def environment_of(folder: Path, url: str) -> dict[str, str]:
    return {"BOOSTER_DATA": str(folder), "BOOSTER_DEMO": "1", "BOOSTER_URL": url, "BOOSTER_WORKERS": "2"}


def build(folder: Path, env: dict[str, str], *, fresh: bool) -> str:
    """Migrate, gather and fill what is not yet so.

    Answers with whom to sign in as: the last paragraph that ``booster demo`` printed, told again at every start.
    """
    marker = folder / "demo.json"
    kept = [path for path in folder.iterdir() if path.name != ".lock"]
    if kept and not marker.exists():
        raise Stop(f"{folder} holds other files: choose an empty folder with --data DIR.")
    known = json.loads(marker.read_text()) if kept else {}
    if fresh or not known.get("cast"):  # a filling that was interrupted begins anew
        for path in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        known = {}
    marker.write_text(json.dumps(known))
    now = fingerprint(ROOT / "booster")
    if known.get("version") != now:
        step("the database", [tool("booster"), "migrate"], env=env)
        step("pictures, styles and scripts", [tool("booster"), "static"], env=env)
    if not known.get("cast"):
        printed = step("the demo academy", [tool("booster"), "demo"], env=env)
        known["cast"] = printed.strip("\n").rpartition("\n\n")[2] or "Everybody is there."
    marker.write_text(json.dumps({**known, "version": now}))
    return str(known["cast"])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status < 500)
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False


def serve(url: str, port: int, env: dict[str, str], cast: str) -> int:
    """Run server and worker until one of them ends or somebody ends us."""
    began = time.monotonic()
    pair = {
        "server": start([tool("booster"), "serve", "--port", str(port)], env=env),
        "worker": start([tool("booster"), "worker"], env=env),
    }
    ready = False
    while True:
        for name, child in pair.items():
            if child.poll() is not None:
                raise Stop(f"The {name} ended by itself (exit code {child.returncode}); the other was ended too.")
        if not ready and (ready := answers(f"{url}/healthz")):
            say(f"\n{cast}\n\n  Booster is at {url}\n  Sign in as anybody of the cast, one click each: {url}/cast/")
            say("  Ctrl-C ends it.")
        elif not ready and time.monotonic() - began > 60:
            raise Stop("The server did not answer within a minute.")
        time.sleep(1 if ready else 0.05)


def demo(args: argparse.Namespace) -> int:
    folder, url = Path(args.data).resolve() if args.data else ROOT / "data" / "demo", f"http://127.0.0.1:{args.port}"
    if not args.build_only:
        need_free(args.port)
    say(f"Booster, a demo academy in {folder}")
    environment("demo")
    busy = f"A demo already runs on {folder}: end it first, or choose another folder with --data DIR."
    with held(folder / ".lock", refusal=busy):
        env = environment_of(folder, url)
        cast = build(folder, env, fresh=args.fresh)
        if args.build_only:
            say(f"Ready in {folder}.")
            return 0
        return serve(url, args.port, env, cast)
