"""`booster maps`: write docs/maps/ from the code, or say what is stale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from booster.home.management.maps import HOUSE, MAPS


class Command(BaseCommand):
    help = "Write docs/maps/ from the code: wiring, rights, lifecycles, letters, stairs. Needs a checkout."
    requires_system_checks = ()

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit 1 and name the maps that are stale"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = HOUSE.parent / "docs" / "maps"
        if not (HOUSE.parent / "pyproject.toml").exists():
            raise CommandError("There is no checkout around this installation, so there are no maps to draw.")
        drawn = {name: draw() for name, draw in MAPS.items()}
        stale = [name for name, text in drawn.items() if not _same(folder / name, text)]
        if check and stale:
            raise CommandError(
                f"Stale in docs/maps: {', '.join(stale)}. Run python3 run.py maps and look at the change."
            )
        if not check:
            folder.mkdir(parents=True, exist_ok=True)
            for name in stale:
                (folder / name).write_text(drawn[name])
        self.stdout.write(f"{len(drawn)} maps, {len(stale)} drawn anew." if not check else "The maps are fresh.")


def _same(path: Any, text: str) -> bool:
    return path.exists() and path.read_text() == text
