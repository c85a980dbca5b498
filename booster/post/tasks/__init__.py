"""What the worker does for the post: send what is due, read what came back."""

from datetime import timedelta

from booster.kit.beats import Beat
from booster.post.tasks.mailbox import Postman, read_mailbox
from booster.post.tasks.sending import mail, send_now, send_waiting

__all__ = ["BEATS", "Postman", "mail", "read_mailbox", "send_now", "send_waiting"]

BEATS = [
    Beat("post.send_waiting", timedelta(seconds=15), send_waiting),
    Beat("post.read_mailbox", timedelta(minutes=2), read_mailbox),
]
