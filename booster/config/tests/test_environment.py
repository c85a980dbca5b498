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
