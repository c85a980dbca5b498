"""`python3 run.py shots`: pictures of the demo for the documentation, on a wide screen and on a phone.

Needs a built demo; serves it for the time of the pictures. Not standard library alone: it drives Chromium.
"""

import argparse
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from workshop.bare import tool
from workshop.demo import answers, build, environment_of
from workshop.processes import ROOT, Stop, end_all, held, start

PAGES = [  # name, who of the cast looks ("" for a visitor), address, or the words of a link on the page before
    ("front", "", "/"),
    ("calls", "", "/calls/"),
    ("gallery", "", "/gallery/"),
    ("desk", "Olga", "/desk/"),
    ("evaluating", "Ren", "/evaluating/"),
    ("my-page", "Paula", "/my/"),
]
SCREENS: dict[str, Any] = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = environment_of(folder, url)
    with held(folder / ".lock", refusal=f"A demo runs on {folder}: end it first."):
        build(folder, env, fresh=False)
        server = start([tool("booster"), "serve", "--port", str(port)], env=env)
        until = time.monotonic() + 60
        while not answers(f"{url}/healthz"):
            if server.poll() is not None or time.monotonic() > until:
                raise Stop("The demo did not start.")
            time.sleep(0.1)
        yield url


def sign_in(page: Any, url: str, name: str) -> None:
    page.goto(f"{url}/cast/")
    page.get_by_role("button", name=re.compile(rf"\b{name}\b")).first.click()


def take(browser: Browser, url: str, to: Path, only: str) -> int:
    count = 0
    for screen, size in SCREENS.items():
        for name, who, address in PAGES:
            if only not in name:
                continue
            page = browser.new_page(viewport=size, device_scale_factor=1, color_scheme="light")
            if who:
                sign_in(page, url, who)
            answer = page.goto(url + address)
            page.wait_for_load_state("networkidle")
            sys.stdout.write(f"  {answer.status if answer else '???'} {address:<20} {name}-{screen}.png\n")
            page.screenshot(path=to / f"{name}-{screen}.png", full_page=True)
            page.close()
            count += 1
    return count


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py shots", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "demo", metavar="DIR", help="the demo (data/demo)")
    parser.add_argument(
        "--out", type=Path, default=ROOT / "data" / "shots", metavar="DIR", help="where to (data/shots)"
    )
    parser.add_argument("--only", default="", metavar="WORD", help="only pages with this word in their name")
    args = parser.parse_args()
    chromium = shutil.which("chromium")
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        if not chromium:
            raise Stop("Chromium is missing: python3 run.py test installs it, or apt-get install chromium.")
        with served(args.data.resolve()) as url, sync_playwright() as play:
            quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = play.chromium.launch(executable_path=chromium, args=quiet)
            count = take(browser, url, args.out, args.only)
            browser.close()
    except Stop as trouble:
        sys.stdout.write(f"{trouble}\n")
        return 1
    finally:
        end_all()
    sys.stdout.write(f"{count} pictures in {args.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
