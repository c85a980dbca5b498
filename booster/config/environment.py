"""Settings from the environment: small readers, each with a safe default and a clear complaint."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


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
    return Path(text("BOOSTER_DATA") or "data").resolve()


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
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def mail() -> dict[str, Any]:
    """``BOOSTER_SMTP``: ``smtp://user:password@host:port`` (``smtps://`` for TLS from the start, ``?starttls=yes``)."""
    url = text("BOOSTER_SMTP")
    if not url:
        return {"BOOSTER_MAIL": False, "EMAIL_HOST": "localhost", "EMAIL_PORT": 25}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting("BOOSTER_SMTP must look like smtp://user:password@host:port.")
    return {
        "BOOSTER_MAIL": True,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": dict(parse_qsl(parts.query)).get("starttls") == "yes",
        "EMAIL_TIMEOUT": 20,
    }


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
