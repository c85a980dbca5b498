"""Mails that come to a bounce address: reports, holidays, spam. All invented."""

_REPORT = """From: MAILER-DAEMON@mx.example.org
{head}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; paula@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {said}

--b
Content-Type: {quoted}

Message-ID: {message_id}
Subject: We have your application

--b--
"""

EXCHANGE = b"""From: postmaster@mx.example.org
In-Reply-To: <abc@academy.example.org>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Final-Recipient: rfc822;paula@example.org
Action: failed
Status: 5.1.10

--b--
"""

HOLIDAY = b"""From: paula@example.org
Subject: Automatic reply
Auto-Submitted: auto-replied
In-Reply-To: <abc@academy.example.org>

I am on holiday until Monday. Your message failed to find me: 550 5.1.1.
"""

SPAM = b"""From: offers@spam.example
Subject: Action: failed

Action: failed
Status: 5.1.1
"""


def report(
    head="To: academy@example.org", *, action="failed", status="5.1.1", said="smtp; 550 5.1.1 no such user",
    quoted="text/rfc822-headers", message_id="<abc@academy.example.org>",
) -> bytes:  # fmt: skip
    text = _REPORT.format(head=head, action=action, status=status, said=said, quoted=quoted, message_id=message_id)
    return text.encode()
