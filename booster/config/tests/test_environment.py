"""Settings of the mailbox: read as meant, or refused in a sentence."""

import pytest

from booster.config import environment as env
from booster.config.environment import BadSetting


def test_a_mailbox_is_read_from_its_address(monkeypatch):
    monkeypatch.setenv("BOOSTER_MAILBOX", "imaps://us%40er:p%2Fw@mail.example.org/Came%20back?done=Read")
    box = env.mailbox()
    assert (box.host, box.port, box.user, box.password, box.tls) == ("mail.example.org", 993, "us@er", "p/w", "always")
    assert (box.folder, box.done, box.place) == ("Came back", "Read", "mail.example.org:993/Came back")
    assert "p/w" not in repr(box)


def test_a_mailbox_may_begin_in_plain_text(monkeypatch):
    monkeypatch.setenv("BOOSTER_MAILBOX", "imap://user:pw@127.0.0.1?starttls=yes")
    assert (env.mailbox().port, env.mailbox().tls, env.mailbox().folder) == (143, "starttls", "INBOX")
    monkeypatch.setenv("BOOSTER_MAILBOX", "imap://user:pw@127.0.0.1:1143")
    assert (env.mailbox().port, env.mailbox().tls) == (1143, "")
    monkeypatch.delenv("BOOSTER_MAILBOX")
    assert env.mailbox() is None


@pytest.mark.parametrize(
    "url, complaint",
    [
        ("pop3://user:pw@host", "must look like imaps"),
        ("imaps://host/INBOX", "must look like imaps"),
        ("imaps://user:p/w@host", "%2F %3A %40 %23"),
        ("imaps://user:pw@host:x/INBOX", "%2F %3A %40 %23"),
        ("imaps://user:pw@host/Zur%C3%BCck", "plain letters"),
        ("imaps://user:pw@host/a%0d%0ab", "plain letters"),
    ],
)
def test_a_mailbox_that_cannot_be_meant_is_refused_without_its_password(monkeypatch, url, complaint):
    monkeypatch.setenv("BOOSTER_MAILBOX", url)
    with pytest.raises(BadSetting, match=complaint) as refused:
        env.mailbox()
    assert "pw" not in str(refused.value)


@pytest.mark.parametrize("address", ["here", "a+b@example.org", "Bounces <b@example.org>", "@example.org", "b@"])
def test_a_bounce_address_is_a_plain_one(monkeypatch, address):
    monkeypatch.setenv("BOOSTER_BOUNCES", address)
    with pytest.raises(BadSetting, match="must be a plain address"):
        env.bounces()


@pytest.mark.parametrize("name, read", [("BOOSTER_SMTP", env.mail), ("DATABASE_URL", lambda: env.database(None))])
def test_a_password_that_breaks_an_address_is_one_sentence(monkeypatch, name, read):
    monkeypatch.setenv(name, ("smtp" if name == "BOOSTER_SMTP" else "postgres") + "://user:p/w@host/name")
    with pytest.raises(BadSetting, match=f"^{name} must look like .* %2F"):
        read()


def test_the_data_folder_is_made(monkeypatch, tmp_path):
    monkeypatch.setenv("BOOSTER_DATA", str(tmp_path / "of" / "booster"))
    assert env.folder() == (tmp_path / "of" / "booster").resolve()
    assert (tmp_path / "of" / "booster").is_dir()


def test_a_data_folder_that_cannot_be_used_is_refused(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("BOOSTER_DATA", str(tmp_path / "file"))
    with pytest.raises(BadSetting, match=r"must be a folder, but /.*/file is a file\."):
        env.folder()
    monkeypatch.setenv("BOOSTER_DATA", str(tmp_path / "file" / "data"))
    with pytest.raises(BadSetting, match=r"cannot be made: Not a directory\."):
        env.folder()
    monkeypatch.setenv("BOOSTER_DATA", str(tmp_path))
    monkeypatch.setattr("os.access", lambda *_: False)  # root, who runs tests here and there, may write anywhere
    with pytest.raises(BadSetting, match="this user may not write in"):
        env.folder()


@pytest.mark.parametrize(
    "given, complaint",
    [
        ({"ENDPOINT": "store.example.org"}, r"must look like https://store\.example\.org\."),
        ({"ENDPOINT": "https://"}, "must look like https"),
        ({"KEY": "somebody"}, "go together"),
        ({"SECRET": "quiet"}, "go together"),
    ],
)
def test_a_store_that_cannot_be_meant_is_refused(monkeypatch, given, complaint):
    monkeypatch.setenv("BOOSTER_S3_BUCKET", "files")
    for name, value in given.items():
        monkeypatch.setenv(f"BOOSTER_S3_{name}", value)
    with pytest.raises(BadSetting, match=complaint) as refused:
        env.storage()
    assert "quiet" not in str(refused.value)


def test_a_store_needs_its_extra(monkeypatch):
    monkeypatch.setenv("BOOSTER_S3_BUCKET", "files")
    monkeypatch.setattr(env, "find_spec", lambda _: None)
    with pytest.raises(BadSetting, match=r"pip install 'booster\[s3\]'"):
        env.storage()
    monkeypatch.delenv("BOOSTER_S3_BUCKET")
    assert env.storage() == {"BACKEND": "django.core.files.storage.FileSystemStorage"}
