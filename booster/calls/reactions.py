"""What this room does when something has happened."""

from datetime import datetime

from booster.calls import facts, letters
from booster.calls.models import Enquiry
from booster.chronicle.models import Fact
from booster.post import actions as post


def tell_asker(fact: Fact, *, at: datetime) -> None:
    """Write to who asked; nobody who left no address, and nothing twice."""
    enquiry = Enquiry.objects.select_related("call__edition", "asker").filter(pk=fact.payload["enquiry"]).first()
    if enquiry is not None and (enquiry.asker_id or enquiry.address):
        post.drop(by=None, at=at, key=f"calls.enquiry_answered:{fact.pk}", **letters.enquiry_answered(enquiry))


REACTIONS = {facts.ENQUIRY_ANSWERED: [tell_asker]}
