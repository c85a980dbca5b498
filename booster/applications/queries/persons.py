"""What this room keeps of one person, for their own copy."""

from typing import Any

from booster.applications.models import Application, Partner
from booster.people.models import Person


def export_of(person: Person) -> dict[str, Any]:
    """Everything that the person wrote or works on here, as JSON values. Three queries."""
    own = Application.objects.filter(applicant=person).exclude(state="erased").select_related("call")
    parts = Partner.objects.filter(person=person).select_related("application__call")
    return {
        "applications": [
            {
                "call": application.call.title,
                "reference": application.reference,
                "state": application.state,
                "began": application.started_at.isoformat(),
                "sent": application.submitted_at.isoformat() if application.submitted_at else None,
                "answers": application.answers,
                "unsent changes": application.pending,
                "files": [attachment.document.name for attachment in application.attachments.all()],
            }
            for application in own.prefetch_related("attachments__document")
        ],
        "partner in": [
            {
                "call": part.application.call.title,
                "organisation": part.organisation_name,
                "part": part.part,
                "state": part.state,
                "signed": part.signed_off_at.isoformat() if part.signed_off_at else None,
            }
            for part in parts
        ],
    }
