"""`python3 run.py shots`: pictures of the demo for the documentation, most on a wide screen, one on a phone.

Needs a built demo; serves it for the time of the pictures. Not standard library alone: it drives Chromium.
"""

import argparse
import io
import re
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from workshop.bare import tool
from workshop.demo import answers, build, environment_of
from workshop.processes import ROOT, Stop, end_all, held, start

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
TALL = {"width": 1280, "height": 1560}  # the group and its balance stand further down
PAGES: list[tuple[str, str, str, str, Any]] = [  # name, who looks ("" for a visitor), address, link to follow, screen
    ("call", "", "/calls/cba-3-venues/", "", WIDE),
    ("desk", "Olga", "/editions/cba-2/desk/", "", WIDE),
    ("board", "Olga", "/calls/cba-2-participants/board/", "", WIDE),
    ("cohort", "Olga", "/calls/cba-2-participants/cohort/?scenario=2", "", TALL),
    ("compare", "Olga", "/calls/cba-2-venues/compare/", "", WIDE),
    ("evaluating", "Ren", "/evaluating/", "Go on", WIDE),
    ("applying", "Hana", "/my/", "Continue my application", PHONE),
]
LARGEST = 150 * 1024  # bytes of a picture


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    env = environment_of(folder, url)
    with held(folder / ".lock", refusal=f"A demo runs on {folder}: end it first, or name it with --url."):
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
    for name, who, address, link, screen in PAGES:
        if only not in name:
            continue
        page = browser.new_page(viewport=screen, device_scale_factor=1, color_scheme="light")
        if who:
            sign_in(page, url, who)
        page.goto(url + address)
        if link and (named := page.get_by_role("link", name=link)).count():
            named.first.click()
        page.wait_for_load_state("networkidle")
        size = keep(page.screenshot(), to / f"{name}.png")
        sys.stdout.write(f"  {page.url.removeprefix(url):<48} {name}.png, {size // 1024} KB\n")
        page.close()
        count += 1
    return count


def keep(picture: bytes, file: Path) -> int:
    """Write a picture with 256 colours, or as few as keep it small; its size in bytes."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    return file.write_bytes(out.getvalue())


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py shots", description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "demo", metavar="DIR", help="the demo (data/demo)")
    parser.add_argument("--url", help="a demo that is being served, instead of one in a folder")
    pictures = ROOT / "docs" / "pictures"
    parser.add_argument("--out", type=Path, default=pictures, metavar="DIR", help="where to (docs/pictures)")
    parser.add_argument("--only", default="", metavar="WORD", help="only pages with this word in their name")
    args = parser.parse_args()
    chromium = shutil.which("chromium")
    args.out.mkdir(parents=True, exist_ok=True)
    try:
        if not chromium:
            raise Stop("Chromium is missing: python3 run.py test installs it, or apt-get install chromium.")
        where = nullcontext(args.url) if args.url else served(args.data.resolve())
        with where as url, sync_playwright() as play:
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
