"""What `booster serve` and `booster worker` are."""

import argparse
import gc
import hashlib
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.util import is_ipv6, parse_address

from booster.config.environment import text


class Server(BaseApplication):
    """gunicorn with the house's options. The application is loaded once, before the workers are forked."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__(prog="booster serve")

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = get_wsgi_application()
        _ = get_resolver().url_patterns  # read all addresses now, not in the first visitor's time
        gc.freeze()  # what is loaded stays: no worker looks through it for rubbish, all of them share it
        return application


def parser() -> argparse.ArgumentParser:
    says = argparse.ArgumentParser(
        prog="booster serve",
        description="Serve the pages. Run `booster migrate` before, `booster worker` beside it, and a proxy that "
        "speaks https in front of it (BOOSTER_BEHIND_PROXY=yes). HUP reads the program anew, TERM ends it gracefully.",
    )
    says.add_argument("--port", type=int, default=8000, metavar="N", help="listen on 127.0.0.1, port N (8000)")
    says.add_argument("--bind", metavar="ADDRESS", help="listen elsewhere: 0.0.0.0:8000 or unix:/run/booster.sock")
    says.add_argument("--workers", type=int, metavar="N", help="processes (BOOSTER_WORKERS, else 3)")
    return says


def options(words: list[str]) -> dict[str, Any]:
    """gunicorn's settings for a command line; the environment fills what it leaves open."""
    args = parser().parse_args(words)
    return {
        "bind": [args.bind or f"127.0.0.1:{args.port}"],
        "workers": args.workers or int(text("BOOSTER_WORKERS", "3")),
        "worker_class": "gthread",
        "threads": 2,
        "preload_app": True,
        "timeout": 60,
        "graceful_timeout": 20,
        "keepalive": 5,
        "max_requests": 20_000,
        "max_requests_jitter": 2_000,
        "loglevel": "warning",
        "control_socket_disable": True,
        "forwarded_allow_ips": "*" if settings.BOOSTER_BEHIND_PROXY else "127.0.0.1,::1",
    }


def gather_static() -> bool:
    """Collect and hash the static files if one of them changed since the last time; says whether it did."""
    seen = hashlib.sha256()
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            about = os.stat(storage.path(path))
            seen.update(f"{path}:{about.st_size}:{about.st_mtime_ns}\n".encode())
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    if stamp.exists() and stamp.read_text() == seen.hexdigest():
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen.hexdigest())
    return True


def serve(words: list[str]) -> None:
    chosen = options(words)
    if trouble := taken(chosen["bind"]):
        sys.exit(trouble)
    django.setup()
    if trouble := not_ready():
        sys.exit(trouble)
    gather_static()
    Server(chosen).run()


def taken(binds: list[str]) -> str:
    """Why nobody can listen there, in a sentence. A server that takes over from another gets its open door."""
    if {"GUNICORN_FD", "LISTEN_FDS"} & set(os.environ):
        return ""
    for bind in binds:
        address = parse_address(bind)
        if not isinstance(address, tuple):  # a socket in the file system: what lies there is replaced
            continue
        try:
            with socket.socket(socket.AF_INET6 if is_ipv6(address[0]) else socket.AF_INET) as door:
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                door.bind(address)
        except OSError as trouble:
            return f"{bind} cannot be listened on: {trouble.strerror}. Choose another with --port or --bind."
    return ""


def not_ready() -> str:
    """What must be done before the database can be used, in a sentence; empty when it is ready."""
    from booster.home import queries as home  # noqa: PLC0415 -- rooms can be imported after the setup only
    from booster.people import queries as people  # noqa: PLC0415

    try:
        missing = home.missing_migrations()
        if missing:
            return f"The database lacks {len(missing)} migrations: run “booster migrate” first."
        if not settings.BOOSTER_DEMO and not people.has_operator():  # whoever starts for the first time is told how
            sys.stderr.write("Nobody runs this installation yet: “booster operator YOUR@ADDRESS” prints a link.\n")
    except DatabaseError as trouble:
        said = (str(trouble).strip() or type(trouble).__name__).splitlines()[0]
        return f"The database does not answer: {said}. Look at DATABASE_URL, then at “booster doctor”."
    finally:
        connections.close_all()  # nothing open is inherited by the processes that serve
    return ""


def static(words: list[str]) -> None:
    argparse.ArgumentParser(prog="booster static", description="Gather styles, scripts and pictures.").parse_args(words)
    django.setup()
    sys.stdout.write("Gathered.\n" if gather_static() else "Nothing changed since the last time.\n")


def worker(words: list[str]) -> None:
    argparse.ArgumentParser(
        prog="booster worker",
        description="Send letters, work off errands and keep the clock until TERM or Ctrl-C. What was begun is ended "
        "first; what a killed worker left is taken up by the next. Two workers do not disturb each other.",
    ).parse_args(words)
    django.setup()
    if trouble := not_ready():
        sys.exit(trouble)
    from booster.chronicle import tasks as chronicle  # noqa: PLC0415 -- rooms can be imported after the setup only

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    chronicle.worker(stop)
