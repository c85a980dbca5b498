"""What `booster doctor` looks at. Each check yields findings; what stops an installation is said with its remedy."""

import os
import shutil
import smtplib
import socket
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from imaplib import IMAP4
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import get_connection
from django.db import connection
from django.db.models import Count, Min
from django.db.utils import Error as DatabaseError
from django.http.request import validate_host

from booster.chronicle import queries as chronicle
from booster.home.queries import missing_migrations, unknown_migrations
from booster.library import rules as library
from booster.people.queries import has_operator
from booster.post import queries as letters
from booster.post.models import Letter
from booster.post.rules import in_one_line
from booster.post.tasks import Postman

FINE, LOOK, STOPS = "fine", "look", "stops"
GIB = 2**30
THE_PROXY_DOES_IT = {"security.W005", "security.W008", "security.W021"}  # from http to https, and for how long


@dataclass(frozen=True, slots=True)
class Finding:
    """``level``: fine, look (it runs, but somebody should look) or stops (something does not work or is not safe)."""

    about: str
    level: str
    says: str
    do: str = ""


Findings = Iterator[Finding]


def is_local() -> bool:
    """Whether the installation is only for the person at this machine."""
    return _is_near(urlsplit(settings.BOOSTER_URL).hostname or "")


def address(at: datetime) -> Findings:
    host = urlsplit(settings.BOOSTER_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        yield Finding("address", STOPS, f"{host} is not among BOOSTER_HOSTS.", f"Set BOOSTER_HOSTS={host}.")
    if settings.BOOSTER_URL.startswith("https:"):
        if not settings.BOOSTER_BEHIND_PROXY:
            yield Finding(
                "address", LOOK, "Nobody says that a proxy ends https here.", "Set BOOSTER_BEHIND_PROXY=yes if it does."
            )
        yield Finding("address", FINE, f"{settings.BOOSTER_URL}, over https.")
    elif is_local():
        yield Finding("address", FINE, f"{settings.BOOSTER_URL}, for this machine alone.")
    else:
        yield Finding(
            "address", STOPS, "Passwords and files travel unprotected.", "Put a proxy with https before it: deploy/."
        )


def secrets(at: datetime) -> Findings:
    kept = Path(settings.DATA) / "secret.key"
    if kept.exists() and stat.S_IMODE(kept.stat().st_mode) & 0o077 and not os.environ.get("BOOSTER_SECRET_KEY"):
        yield Finding("secret", STOPS, f"Others on this machine can read {kept}.", f"chmod 600 {kept}")
    elif len(settings.SECRET_KEY) < 32:
        yield Finding("secret", STOPS, "The secret key is short.", "Set BOOSTER_SECRET_KEY to 50 random letters.")
    else:
        yield Finding("secret", FINE, "Long, and nobody else's to read.")


def modes(at: datetime) -> Findings:
    if settings.DEBUG:
        level = LOOK if is_local() else STOPS
        yield Finding("debug", level, "Errors show the inside of the program.", "Unset BOOSTER_DEBUG.")
    if settings.BOOSTER_DEMO:
        level = FINE if is_local() else STOPS
        do = "" if is_local() else "Unset BOOSTER_DEMO."
        yield Finding("demo", level, "Anybody may sign in as anybody of the cast, and no letter leaves.", do)


def database(at: datetime) -> Findings:
    try:
        connection.ensure_connection()
    except DatabaseError as trouble:
        yield Finding("database", STOPS, _line(trouble), "Look at DATABASE_URL, and whether the server runs.")
        return
    if connection.vendor == "sqlite":
        yield _sqlite(Path(str(connection.settings_dict["NAME"])))
    else:
        yield Finding("database", FINE, f"{connection.vendor} {connection.get_database_version()[0]}.")
    yield _migrated()


def _sqlite(path: Path) -> Finding:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        whole = cursor.execute("PRAGMA quick_check(1)").fetchone()[0]
    if whole != "ok":
        return Finding("database", STOPS, f"{path} is damaged: {whole}", "Stop serving and restore: deploy/backup.md.")
    if mode != "wal":
        return Finding("database", LOOK, f"Its journal is {mode}: readers wait.", "Put it on a local disk.")
    return Finding("database", FINE, f"SQLite, {path.stat().st_size / 2**20:.1f} MiB, in WAL mode, whole.")


def _migrated() -> Finding:
    if strange := unknown_migrations():
        says = f"A newer version of the program was here: {_some(strange)}."
        return Finding("migrations", STOPS, says, "Install that version again, or restore: deploy/backup.md.")
    if missing := missing_migrations():
        return Finding("migrations", STOPS, f"{len(missing)} are not applied: {_some(missing)}.", "booster migrate")
    return Finding("migrations", FINE, "All are applied.")


def _some(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def operators(at: datetime) -> Findings:
    if not settings.BOOSTER_DEMO and not has_operator():
        yield Finding(
            "operator", LOOK, "Nobody runs this installation.", "booster operator YOUR@ADDRESS, then open its link."
        )


def worker(at: datetime) -> Findings:
    seen = chronicle.worker_seen_at()
    if seen is None or at - seen > timedelta(minutes=2):
        since = f"since {seen:%d %B %Y, %H:%M} UTC" if seen else "ever"
        yield Finding(
            "worker", STOPS, f"None showed itself {since}: no letters, no deadlines.", "Start booster worker."
        )
    else:
        yield Finding("worker", FINE, f"Seen {(at - seen).seconds} seconds ago.")
    if given_up := chronicle.errands("given_up").count():
        yield Finding("errands", LOOK, f"{given_up} were given up.", "See /operations/, repair, try again.")
    for beat in chronicle.troubled_beats():
        yield Finding("errands", LOOK, f"{beat.name}: {beat.trouble}", "The worker tries again by itself.")


def mail(at: datetime) -> Findings:
    if settings.BOOSTER_DEMO:
        yield Finding("mail", FINE, "Letters stay in the post box of the demo.")
    elif not settings.BOOSTER_MAIL:
        yield Finding("mail", STOPS, "No mail server is named: letters wait.", "Set BOOSTER_SMTP=smtp://host:port.")
    else:
        yield _reach_mail()
    yield from _letters(at)


def _reach_mail() -> Finding:
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server = get_connection("django.core.mail.backends.smtp.EmailBackend", timeout=10)
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as trouble:
        return Finding("mail", STOPS, f"{place} does not take letters: {_line(trouble)}", "Look at BOOSTER_SMTP.")
    return Finding("mail", FINE, f"{place} answers.")


def mailbox(at: datetime) -> Findings:
    """Whether we hear of letters that come back, and whether the mailbox can be read."""
    where = settings.BOOSTER_MAILBOX
    if settings.BOOSTER_DEMO or not (settings.BOOSTER_MAIL or where):
        return
    if where is None:
        yield Finding(
            "mailbox", LOOK, "Nobody reads which letters came back.",
            "Set BOOSTER_BOUNCES and BOOSTER_MAILBOX, or let the mail server pipe reports into booster bounces -.",
        )  # fmt: skip
        return
    if not where.tls and not _is_near(where.host):
        yield Finding("mailbox", LOOK, "Its password travels unprotected.", "Use imaps:// or ?starttls=yes.")
    try:
        with Postman(where, timeout=10) as postman:
            waiting = len(postman.waiting())
    except (OSError, IMAP4.error) as trouble:
        yield Finding("mailbox", STOPS, f"{where.place}: {in_one_line(trouble)}", "Look at BOOSTER_MAILBOX.")
        return
    yield Finding("mailbox", FINE, f"{where.place} opens; {waiting} mails wait to be read.")
    if trouble := letters.mailbox_trouble(where.place):
        yield Finding("mailbox", LOOK, f"When it was last read: {trouble}", "See whether ?done= names a folder there.")


def _is_near(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def _letters(at: datetime) -> Findings:
    told = dict(Letter.objects.order_by().values_list("state").annotate(count=Count("id")))
    oldest = Letter.objects.filter(state="released").aggregate(oldest=Min("not_before"))["oldest"]
    if oldest and at - oldest > timedelta(minutes=15):
        yield Finding(
            "letters", LOOK, f"{told['released']} wait, one since {oldest:%d %B, %H:%M} UTC.", "See worker and mail."
        )
    if lost := sum(told.get(state, 0) for state in letters.LOST):
        yield Finding("letters", LOOK, f"{lost} did not arrive.", "The letters of their edition say why.")


def storage(at: datetime) -> Findings:
    name = f"doctor/{uuid4().hex}"
    try:
        kept = default_storage.save(name, ContentFile(b"Is anybody there?"))
        with default_storage.open(kept) as file:
            whole = file.read() == b"Is anybody there?"
        default_storage.delete(kept)
    except storage_troubles() as trouble:
        yield Finding(
            "storage", STOPS, f"Files cannot be kept: {_line(trouble)}", "Look at BOOSTER_DATA or BOOSTER_S3_…."
        )
        return
    yield Finding(
        "storage", FINE if whole else STOPS, "A file was kept, read and removed." if whole else "It changes files."
    )


def storage_troubles() -> tuple[type[Exception], ...]:
    if not find_spec("botocore"):
        return (OSError,)
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 -- an extra that few installations have

    return (OSError, BotoCoreError, ClientError)


def disk(at: datetime) -> Findings:
    free = shutil.disk_usage(settings.DATA).free
    level = FINE if free > GIB else LOOK if free > GIB / 10 else STOPS
    do = "" if level == FINE else f"Make room where {settings.DATA} lies."
    yield Finding("disk", level, f"{free / GIB:.1f} GiB are free.", do)


def scanner(at: datetime) -> Findings:
    if not settings.BOOSTER_CLAMD:
        return
    try:
        where = library.peer(settings.BOOSTER_CLAMD)
        with socket.socket(socket.AF_UNIX if isinstance(where, str) else socket.AF_INET) as talk:
            talk.settimeout(5)
            talk.connect(where)
            talk.sendall(b"zPING\0")
            alive = talk.recv(16).startswith(b"PONG")
    except (OSError, ValueError) as trouble:
        yield Finding("scanner", STOPS, f"clamd does not answer: {_line(trouble)}", "Files wait unopened: start it.")
        return
    yield Finding("scanner", FINE if alive else STOPS, "clamd answers." if alive else "That is no clamd.")


def zones(at: datetime) -> Findings:
    try:
        ZoneInfo("Europe/Kyiv")
        yield Finding("time zones", FINE, "Known.")
    except ZoneInfoNotFoundError:
        yield Finding("time zones", STOPS, "They are missing or older than 2022.", "pip install --upgrade tzdata")


def django(at: datetime) -> Findings:
    """Django's own checks for a deployment; on a machine of one's own only its errors count."""
    left_out = THE_PROXY_DOES_IT if settings.BOOSTER_BEHIND_PROXY else set()
    found = [one for one in run_checks(include_deployment_checks=not is_local()) if one.id not in left_out]
    for one in found:
        yield Finding(one.id or "django", STOPS if one.level >= ERROR else LOOK, one.msg, str(one.hint or ""))
    if not found:
        yield Finding("django", FINE, "Its checks find nothing.")


def _line(trouble: Exception) -> str:
    return (str(trouble).strip() or type(trouble).__name__).splitlines()[0]


WITHOUT_DATABASE: list[Callable[[datetime], Findings]] = [
    address,
    secrets,
    modes,
    storage,
    disk,
    scanner,
    zones,
    django,
]
WITH_DATABASE: list[Callable[[datetime], Findings]] = [operators, worker, mail, mailbox]


def examine(at: datetime) -> list[Finding]:
    """All findings; what lives in the database is left out while the database is away or behind."""
    found = [finding for check in (*WITHOUT_DATABASE, database) for finding in check(at)]
    if not any(one.about in {"database", "migrations"} and one.level == STOPS for one in found):
        found += [finding for check in WITH_DATABASE for finding in check(at)]
    return found
