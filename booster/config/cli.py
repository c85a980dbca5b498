"""The command line of an installation: `booster VERB`. Help costs no start-up of Django."""

import gc
import os
import sys

from booster.config.environment import BadSetting

HELP = """\
booster VERB [options]        every verb explains itself: booster VERB --help

Run it
  serve       serve the pages (gunicorn); --port N, --bind ADDRESS, BOOSTER_WORKERS processes
  worker      send letters, work off errands, keep the clock: one such process must always run
  migrate     bring the database to this version; run it after every upgrade, before serve
  static      gather styles, scripts and pictures; serve does it by itself when they changed
  operator    appoint who runs the installation, and print a link that signs them in (operator ADDRESS)
  doctor      look at settings, database, worker, mail and storage, and say what to do (--json)

Work with it
  new         create an academy, its first edition and its calls from a template (new cba --json)
  import      read participants, offers, evaluators or evaluations from a spreadsheet
  select      choose a cohort or a host under limits, reproducibly, with a reason for everybody
  solve       answer a question from a file: balance, mixing, timetable, meetings or travel
  bounces     read delivery reports from files or a pipe, so that lost letters are seen
  demo        fill an empty database with an invented academy

Look inside
  maps        write docs/maps/ from the code (maps --check says whether they are stale)
  shell       a Python shell with the models at hand

Settings come from the environment. Those that most installations need:
  BOOSTER_DATA        folder of the database, files and keys             (./data)
  BOOSTER_URL         the address that people type                       (http://127.0.0.1:8000)
  BOOSTER_HOSTS       names that may be asked for, with commas           (127.0.0.1,localhost)
  DATABASE_URL        sqlite:////path or postgres://user:pass@host/name  (SQLite in BOOSTER_DATA)
  BOOSTER_LANGUAGES   languages that the pages offer, such as en,fr,de   (all 24 of the Union)
  BOOSTER_SMTP        smtp://user:password@host:587?starttls=yes         (letters wait)
All of them stand on one page: booster/config/settings.py. Other words go to Django: booster check, booster dbshell …
"""


def main(argv: list[str] | None = None) -> None:
    words = sys.argv[1:] if argv is None else argv
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "booster.config.settings")
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(HELP)
        return
    if words[0] in {"-V", "--version", "version"}:
        from importlib.metadata import version  # noqa: PLC0415 -- costs the other verbs a thirtieth of a second

        sys.stdout.write(f"booster {version('booster')}\n")
        return
    try:
        dispatch(words)
    except BadSetting as trouble:
        sys.exit(str(trouble))
    except KeyboardInterrupt:
        sys.exit(130)


def dispatch(words: list[str]) -> None:
    if words[0] in {"serve", "static", "worker"}:
        from booster.config import server  # noqa: PLC0415 -- the other verbs need no web server

        getattr(server, words[0])(words[1:])
        return
    if words[0] == "solve":
        from booster.config.solving import command  # noqa: PLC0415 -- needs neither Django nor settings

        sys.exit(command.main(words[1:]))
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- help needs no Django
    from django.db import OperationalError  # noqa: PLC0415

    gc.set_threshold(50_000, 20, 100)  # starting up makes many objects that stay: looking for rubbish costs a tenth
    try:
        execute_from_command_line(["booster", *words])
    except OperationalError:
        if trouble := no_answer():
            sys.exit(trouble)
        raise


def no_answer() -> str:
    """Why the database cannot be reached, in a sentence; empty when it can be, and the trouble was another."""
    from django.db import OperationalError, connection  # noqa: PLC0415

    try:
        connection.close()
        connection.ensure_connection()
    except OperationalError as trouble:
        said = (str(trouble).strip() or type(trouble).__name__).splitlines()[0]
        return f"The database does not answer: {said}. Look at DATABASE_URL, then at “booster doctor”."
    return ""
