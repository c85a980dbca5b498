"""Settings from the environment: small readers, each with a safe default and a clear complaint."""

import os
import secrets
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class BadSetting(ValueError):
    """A variable of the environment holds something that cannot be meant."""


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name).lower()
    if value in {"", "0", "no", "false", "off", "1", "yes", "true", "on"}:
        return default if value == "" else value in {"1", "yes", "true", "on"}
    raise BadSetting(f"{name} must be yes or no, not “{value}”.")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


# The official languages of the European Union, each by its own name.
LANGUAGES = {
    "bg": "български",
    "cs": "čeština",
    "da": "dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "español",
    "et": "eesti",
    "fi": "suomi",
    "fr": "français",
    "ga": "Gaeilge",
    "hr": "hrvatski",
    "hu": "magyar",
    "it": "italiano",
    "lt": "lietuvių",
    "lv": "latviešu",
    "mt": "Malti",
    "nl": "Nederlands",
    "pl": "polski",
    "pt": "português",
    "ro": "română",
    "sk": "slovenčina",
    "sl": "slovenščina",
    "sv": "svenska",
}


def languages() -> list[tuple[str, str]]:
    """``BOOSTER_LANGUAGES``: codes of the languages that the pages offer, with commas; all of the Union's by default.
    English, in which the house is written, is always among them."""
    chosen = [word.lower() for word in words("BOOSTER_LANGUAGES")] or list(LANGUAGES)
    if unknown := [code for code in chosen if code not in LANGUAGES]:
        raise BadSetting(f"BOOSTER_LANGUAGES knows no “{unknown[0]}”; it takes {', '.join(LANGUAGES)}.")
    return [(code, name) for code, name in LANGUAGES.items() if code in {*chosen, "en"}]


def folder() -> Path:
    """Where the database and the files live: ``BOOSTER_DATA``, or ``data`` in the folder one stands in."""
    where = Path(text("BOOSTER_DATA") or "data").resolve()
    try:
        where.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        why = "is a file" if where.is_file() else f"cannot be made: {trouble.strerror}"
        raise BadSetting(f"BOOSTER_DATA must be a folder, but {where} {why}.") from None
    if not os.access(where, os.R_OK | os.W_OK | os.X_OK):
        raise BadSetting(f"BOOSTER_DATA: this user may not write in {where}.")
    return where


def secret(where: Path) -> str:
    """``BOOSTER_SECRET_KEY``, or a key made once and kept readable by its owner alone."""
    if given := text("BOOSTER_SECRET_KEY"):
        return given
    kept = where / "secret.key"
    if not kept.exists():
        where.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return kept.read_text()


def database(where: Path) -> dict[str, Any]:
    """``DATABASE_URL`` as Django wants it: ``sqlite:////path`` (the default) or ``postgres://user:pass@host:port/name``."""
    url = text("DATABASE_URL") or f"sqlite:///{where / 'booster.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts)
    raise BadSetting("DATABASE_URL must begin with sqlite:// or postgres://.")


def _sqlite(path: str) -> dict[str, Any]:
    if not path.strip("/"):
        raise BadSetting("DATABASE_URL names no file: write sqlite:////full/path/booster.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 600,  # opening the file anew costs more than most pages
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
        },
    }


def _postgres(parts: Any) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(_port(parts, "DATABASE_URL must look like postgres://user:password@host:5432/name.") or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def storage() -> dict[str, Any]:
    """Where files lie: in ``files`` of the data folder, or in the bucket of an S3 store (``BOOSTER_S3_…``)."""
    bucket = text("BOOSTER_S3_BUCKET")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    endpoint, key, secret = text("BOOSTER_S3_ENDPOINT"), text("BOOSTER_S3_KEY"), text("BOOSTER_S3_SECRET")
    parts = urlsplit(endpoint)
    if endpoint and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise BadSetting("BOOSTER_S3_ENDPOINT must look like https://store.example.org.")
    if bool(key) != bool(secret):
        raise BadSetting("BOOSTER_S3_KEY and BOOSTER_S3_SECRET go together: give both, or none of them.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise BadSetting("BOOSTER_S3_BUCKET needs what is not installed yet: pip install 'booster[s3]'.")
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "access_key": key or None,
        "secret_key": secret or None,
        "region_name": text("BOOSTER_S3_REGION") or None,
        "file_overwrite": False,
        "querystring_auth": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def mail() -> dict[str, Any]:
    """``BOOSTER_SMTP``: ``smtp://user:password@host:port`` (``smtps://`` for TLS from the start, ``?starttls=yes``)."""
    url = text("BOOSTER_SMTP")
    if not url:
        return {"BOOSTER_MAIL": False, "EMAIL_HOST": "localhost", "EMAIL_PORT": 25}
    parts = urlsplit(url)
    wish = "BOOSTER_SMTP must look like smtp://user:password@host:port."
    port = _port(parts, wish)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting(wish)
    return {
        "BOOSTER_MAIL": True,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": dict(parse_qsl(parts.query)).get("starttls") == "yes",
        "EMAIL_TIMEOUT": 20,
    }


def bounces() -> str:
    """``BOOSTER_BOUNCES``: the address that letters come back to; its mail server must take ``name+anything@host``."""
    address = text("BOOSTER_BOUNCES")
    name, _at, host = address.rpartition("@")
    if address and not (name and host and address.isascii() and "+" not in name and not set(address) & set(' <>,;"')):
        raise BadSetting("BOOSTER_BOUNCES must be a plain address such as bounces@academy.example.org.")
    return address


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where delivery reports are read: ``done`` names the folder into which a mail moves when it was read."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    done: str
    tls: str  # "always", "starttls" or "" (only to be used on the same machine)

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}/{self.folder}"


def mailbox() -> Mailbox | None:
    """``BOOSTER_MAILBOX``: ``imaps://user:password@host:port/folder?done=folder``, or ``imap://…?starttls=yes``."""
    url = text("BOOSTER_MAILBOX")
    if not url:
        return None
    parts, wish = urlsplit(url), "BOOSTER_MAILBOX must look like imaps://user:password@host/folder."
    port = _port(parts, wish)
    asked = dict(parse_qsl(parts.query))
    folder, done = unquote(parts.path.strip("/")) or "INBOX", asked.get("done", "")
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname or not parts.username:
        raise BadSetting(wish)
    if not (folder + done).isascii() or not (folder + done).isprintable():
        raise BadSetting("BOOSTER_MAILBOX: name its folders in plain letters.")
    tls = "always" if parts.scheme == "imaps" else "starttls" if asked.get("starttls") == "yes" else ""
    return Mailbox(
        host=parts.hostname,
        port=port or (993 if tls == "always" else 143),
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=folder,
        done=done,
        tls=tls,
    )


def _port(parts: SplitResult, wish: str) -> int | None:
    """What stands after the colon; a password with a sign that an address cannot hold ends up there too."""
    try:
        return parts.port
    except ValueError:
        raise BadSetting(f"{wish} Signs such as / : @ # in a password are written as %2F %3A %40 %23.") from None


def single_sign_on() -> dict[str, Any]:
    """``BOOSTER_OIDC_ISSUER``, ``_CLIENT_ID``, ``_SECRET`` and ``_NAME``: one OpenID Connect provider, or none."""
    issuer = text("BOOSTER_OIDC_ISSUER")
    if not issuer:
        return {}
    if not text("BOOSTER_OIDC_CLIENT_ID") or not text("BOOSTER_OIDC_SECRET"):
        raise BadSetting("BOOSTER_OIDC_ISSUER needs BOOSTER_OIDC_CLIENT_ID and BOOSTER_OIDC_SECRET beside it.")
    app = {
        "provider_id": "oidc",
        "name": text("BOOSTER_OIDC_NAME", "your organisation"),
        "client_id": text("BOOSTER_OIDC_CLIENT_ID"),
        "secret": text("BOOSTER_OIDC_SECRET"),
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}
