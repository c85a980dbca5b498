"""Where an application stands, in plain words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from booster.applications.rules.status import Situation, status

# code: (how lists name it, what it means, what comes next, the verb of the next step or "", tone)
WORDS = {
    "verify": (
        _("Draft"),
        _("You have begun. We do not know yet that the address is yours."),
        _("Open the link in our letter, or type in the code that stands in it."),
        _("Verify my address"),
        "careful",
    ),
    "draft": (
        _("Draft"),
        _("You have begun; nobody but those who write it can read it."),
        _("Send it before the deadline."),
        _("Continue my application"),
        "accent",
    ),
    "next_round": (
        _("On the shortlist"),
        _("You are on the shortlist. What you wrote in the first round is filled in; nobody reads it yet."),
        _("Answer what is new, look the rest over and send it before the deadline."),
        _("Continue with the second round"),
        "accent",
    ),
    "choose_time": (
        _("On the shortlist"),
        _("You are on the shortlist and asked to a talk. There is nothing more to write."),
        _("Choose a time for the talk before the deadline."),
        _("Choose a time"),
        "accent",
    ),
    "time_chosen": (
        _("Talk agreed"),
        _("Your time for the talk is kept for you."),
        _("Until the deadline you may choose another time that is free."),
        _("See my talk"),
        "good",
    ),
    "too_late": (
        _("Not sent"),
        _("The deadline passed before it was sent. What you wrote is still here."),
        _("If the organisers gave you an entry code, you can still send it."),
        _("See what I wrote"),
        "stop",
    ),
    "asked": (
        _("More is asked"),
        _("The organisers ask you to complete some answers."),
        _("Complete what is asked, then send your application again."),
        _("Complete my application"),
        "careful",
    ),
    "changed": (
        _("Sent, with unsent changes"),
        _("What you sent stands. The changes that you made since are not sent yet."),
        _("Send your changes before the deadline, or leave it as it was."),
        _("Look at my changes"),
        "careful",
    ),
    "sent": (
        _("Sent"),
        _("Your application has arrived."),
        _("You may change it until the deadline. After it, the organisers check it and evaluators read it."),
        _("See my application"),
        "good",
    ),
    "counted": (
        _("Sent"),
        _("Your application has arrived and counts for the next cut-off."),
        _("You may change it until then. The files of a cut-off are read together, and you hear once all are decided."),
        _("See my application"),
        "good",
    ),
    "cut_off": (
        _("Sent"),
        _("Your application has arrived and its cut-off has passed."),
        _("What you sent by then is read with the others of this cut-off. You hear once all of them are decided."),
        _("See my application"),
        "good",
    ),
    "cut_off_unsent": (
        _("Sent"),
        _("What you sent by the cut-off stands. Changes that you had not sent by then do not count."),
        _("To be read with your changes at the next cut-off, withdraw it, take it up again and send it."),
        _("See my application"),
        "good",
    ),
    "changes_unsent": (
        _("Sent"),
        _("What you sent stands. Changes that you had not sent by the deadline do not count."),
        _("You need not do anything; you will hear from us."),
        _("See my application"),
        "good",
    ),
    "waiting": (
        _("Sent"),
        _("Your application has arrived and the deadline has passed."),
        _("The organisers check it, evaluators read it, and you will hear from us."),
        _("See my application"),
        "good",
    ),
    "settled": (
        _("Decided"),
        _("This call is settled. The decision stands on the page of your application."),
        _("You were told the outcome by letter."),
        _("See my application"),
        "",
    ),
    "withdrawn": (
        _("Withdrawn"),
        _("You withdrew this application; nobody evaluates it."),
        _("Until the deadline you can take it up again."),
        _("See my application"),
        "",
    ),
    "replaced": (
        _("Replaced"),
        _("You sent a later application to this call; that one counts."),
        _("You need not do anything."),
        _("See what I wrote"),
        "",
    ),
    "invited": (
        _("Invited"),
        _("You are asked to write this application together with others."),
        _("Join the application, then fill in your part."),
        _("See the invitation"),
        "careful",
    ),
    "part": (
        _("Your part"),
        _("You write a part of it. The one who began it sends it."),
        _("Fill in your part and sign the application off."),
        _("Go to my part"),
        "accent",
    ),
    "signed": (
        _("Signed off"),
        _("You have signed it off. The one who began it sends it."),
        _("You need not do anything. If others change what you signed, sign again."),
        _("See the application"),
        "good",
    ),
    "changed_together": (
        _("Sent, with unsent changes"),
        _("What was sent stands. The changes made since are not sent yet."),
        _("Sign the changes off. The one who began the application sends them."),
        _("Look at the changes"),
        "careful",
    ),
    "erased": (_("Erased"), _("Its time had come and it was erased."), "", "", ""),
}


@dataclass(frozen=True, slots=True)
class Plain:
    """A standing in words: ``label`` for lists, ``sentence`` what it means, ``next`` what comes next."""

    code: str
    label: str
    sentence: str
    next: str
    verb: str
    tone: str
    until: datetime | None

    @property
    def waits_for_me(self) -> bool:
        return self.code in ("verify", "draft", "next_round", "choose_time", "asked", "changed", "invited", "part")


def plain_status(situation: Situation, *, at: datetime) -> Plain:
    found = status(situation, at=at)
    label, sentence, following, verb, tone = (str(words) for words in WORDS[found.code])
    if found.code == "withdrawn" and found.until is None:
        following = ""
    return Plain(found.code, label, sentence, following, verb, tone, found.until)
