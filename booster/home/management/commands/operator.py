"""booster operator EMAIL"""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now

from booster.people import actions as people
from booster.people.queries import link_url

GOOD_FOR = timedelta(days=1)


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Appoint an operator of this installation and print a link that signs them in once, good for a day. It works "
        "without a mail server. An operator founds academies, appoints their first organisers and sees what is stuck."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument("--name", default="", help="how they are called (the part before the @ when left out)")
        parser.add_argument("--end", action="store_true", help="end their rights instead")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        try:
            person = people.ensure_person(email=options["email"], name=options["name"], by=None, at=at)
        except ValidationError as trouble:
            raise CommandError(" ".join(trouble.messages)) from trouble
        if options["end"]:
            people.dismiss_operator(person=person, by=None, at=at)
            people.revoke_links(purpose="operator", person=person, by=None, at=at)
            self.stdout.write(f"{person.email} does not run this installation any more.")
            return
        people.appoint_operator(person=person, by=None, at=at)
        _link, token = people.issue_link(
            purpose="operator", person=person, signs_in=True, expires_at=at + GOOD_FOR, by=None, at=at
        )
        self.stdout.write(f"{person.email} runs this installation. To sign in once, within a day:")
        self.stdout.write(f"\n{link_url(token)}\n")
