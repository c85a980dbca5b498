"""Settings of the test suite: nothing kept, nothing sent; PostgreSQL when DATABASE_URL names one."""

import os
import tempfile
from pathlib import Path

_scratch = Path(tempfile.gettempdir()) / f"booster-tests-{os.getpid()}"
os.environ["BOOSTER_DATA"] = str(_scratch)
os.environ["BOOSTER_SECRET_KEY"] = "a key for tests alone"  # noqa: S105 -- it guards nothing
(_scratch / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise looks for it

from booster.config.settings import *  # noqa: E402, F403 -- the environment must be set first
from booster.config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

BOOSTER_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if "DATABASE_URL" not in os.environ:
    DATABASES["default"]["NAME"] = ":memory:"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
INSTALLED_APPS = [*INSTALLED_APPS, "allauth.socialaccount.providers.openid_connect"]
