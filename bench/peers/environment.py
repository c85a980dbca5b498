"""The peers' own environment: published packages to run beside ours. Nothing of it enters the product."""

from pathlib import Path

from workshop.bare import TOOLS, uv
from workshop.processes import step

FOLDER = TOOLS / "peers"
PACKAGES = ("sortition-algorithms==0.12.15", "gurobipy", "mip<2", "conference-scheduler==3.0.1")
HERE = Path(__file__).resolve().parent


def there() -> Path | None:
    """The interpreter of the environment in its usual folder, when it was built."""
    python = FOLDER / "bin" / "python"
    return python if python.exists() else None


def built(folder: Path) -> Path:
    """The interpreter of the environment in this folder, which is built first when it is missing.

    sortition-algorithms asks for Gurobi's package, which runs without a licence up to 2,000 rows and columns.
    """
    python = folder.resolve() / "bin" / "python"
    if not python.exists():
        tool = uv()
        step("an environment for the peers", [tool, "venv", "-q", "--python", "3.11", str(folder.resolve())])
        step(", ".join(PACKAGES), [tool, "pip", "install", "-q", "--python", str(python), *PACKAGES])
    return python


__all__ = ["FOLDER", "HERE", "built", "there"]
