"""What is installed is whole: templates, styles, scripts, catalogues and patterns travel in the wheel."""

import shutil
import subprocess
import tomllib

import pytest

from tests.house.reading import HOUSE, ROOT

UV = shutil.which(ROOT / ".tools" / "bin" / "uv") or shutil.which("uv")


def test_the_builder_leaves_nothing_of_the_package_out():
    """It takes every file below ``booster/`` unless it is told otherwise; this is all that it is told."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert told["build-system"]["build-backend"] == "uv_build"
    assert told["tool"]["uv"]["build-backend"] == {"module-root": ""}


@pytest.mark.skipif(UV is None, reason="run.py fetches the builder")
def test_every_file_of_the_package_is_in_the_wheel(tmp_path):
    listing = [UV, "build", "--list", "--wheel", "--offline", "--out-dir", tmp_path, ROOT]
    listed = subprocess.run(listing, capture_output=True, text=True, check=True).stdout
    packed = {line.split(" (")[0] for line in listed.splitlines()}
    wanted = {str(path.relative_to(ROOT)) for path in HOUSE.rglob("*") if path.is_file()}
    assert {path for path in wanted if "__pycache__" not in path} - packed == set()
    assert {path.rsplit(".", 1)[-1] for path in wanted} >= {"css", "html", "js", "mo", "txt", "typ", "woff2"}
