"""A database from before this room keeps what it remembers of files."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

NOW = "2022-11-02 10:00:00"


def booster(folder: Path, *words: str) -> str:
    plain = {
        key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "DJANGO_", "BOOSTER_"))
    }
    done = subprocess.run(
        [sys.executable, "-c", "from booster.config.cli import main; main()", *words],
        env=plain | {"BOOSTER_DATA": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(folder: Path, text: str, *values: object) -> list[tuple[object, ...]]:
    [file] = [path for path in folder.iterdir() if path.is_file() and path.read_bytes()[:6] == b"SQLite"]
    with sqlite3.connect(file) as database:
        return database.execute(text, values).fetchall()


def test_what_is_remembered_of_files_moves_with_its_rows(tmp_path):
    booster(tmp_path, "migrate")
    booster(tmp_path, "new", "cba", "--json")
    booster(tmp_path, "migrate", "intake", "zero")
    booster(tmp_path, "migrate", "applications", "0003")
    asked(
        tmp_path,
        "INSERT INTO applications_intake (id, call_id, kind, filename, sha256, taken_at, new_count, known_count,"
        " refused_count) SELECT 7, min(id), 'participants', 'a.xlsx', 'f', ?, 2, 0, 1 FROM calls_call",
        NOW,
    )
    asked(
        tmp_path,
        "INSERT INTO applications_intakeproblem (intake_id, row, external_id, field, message, refused)"
        " VALUES (7, 4, '', 'id', 'The row has no id.', 1)",
    )
    asked(
        tmp_path,
        "INSERT INTO applications_columnmapping (call_id, sheet, columns)"
        " SELECT min(id), 'participants', '{\"email\": \"Mail\"}' FROM calls_call",
    )
    booster(tmp_path, "migrate")
    assert asked(tmp_path, "SELECT id, filename, new_count, refused_count FROM intake_intake") == [(7, "a.xlsx", 2, 1)]
    assert asked(tmp_path, "SELECT intake_id, row, message FROM intake_intakeproblem") == [(7, 4, "The row has no id.")]
    assert asked(tmp_path, "SELECT sheet, columns FROM intake_columnmapping") == [("participants", '{"email": "Mail"}')]
    tables = {name for (name,) in asked(tmp_path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not {"applications_intake", "applications_intakeproblem", "applications_columnmapping"} & tables
    assert "No changes detected" in booster(tmp_path, "makemigrations", "--check", "--dry-run")
