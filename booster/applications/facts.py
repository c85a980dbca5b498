"""What this room announces."""

from booster.kit.facts import Kind

STARTED = Kind("applications.started", "{actor} began the application {thing}")
LINK_ASKED = Kind("applications.link_asked", "A private link to {thing} was asked for")
VERIFIED = Kind("applications.verified", "The address of {thing} was verified")
TAKEN_TOGETHER = Kind(
    "applications.taken_together", "{thing} was taken together with an earlier draft of the same person"
)
ANSWERED = Kind("applications.answered", "{actor} worked on the application {thing}")
FILE_ADDED = Kind("applications.file_added", "{actor} added a file to {thing}")
FILE_REMOVED = Kind("applications.file_removed", "{actor} removed a file from {thing}")
CODE_USED = Kind("applications.code_used", "{actor} used an entry code for {thing}")
CARRIED_ON = Kind("applications.carried_on", "{thing} was begun for somebody on the shortlist")
SUBMITTED = Kind("applications.submitted", "{actor} sent the application {thing}")
CHANGED_AFTER_SENDING = Kind(
    "applications.changed_after_sending", "{actor} changed {thing} after sending it: {questions}"
)
WITHDRAWN = Kind("applications.withdrawn", "{actor} withdrew {thing}", private=("reason",))
RESTORED = Kind("applications.restored", "{actor} took {thing} up again")
SUPERSEDED = Kind("applications.superseded", "{thing} was replaced by a later one of the same person")
PARTNER_INVITED = Kind("applications.partner_invited", "{actor} invited {partner} to {thing}", private=("partner",))
PARTNER_JOINED = Kind("applications.partner_joined", "{partner} joined {thing}", private=("partner",))
PARTNER_SIGNED_OFF = Kind("applications.partner_signed_off", "{partner} signed {thing} off", private=("partner",))
PARTNER_SIGNATURE_TAKEN_BACK = Kind(
    "applications.partner_signature_taken_back", "{partner} took the signature on {thing} back", private=("partner",)
)
PARTNER_REMOVED = Kind("applications.partner_removed", "{actor} removed {partner} from {thing}", private=("partner",))
PARTNER_LEFT = Kind("applications.partner_left", "{partner} left {thing}", private=("partner",))
COMPLETION_ASKED = Kind("applications.completion_asked", "{actor} asked for more about {thing}")
COMPLETED = Kind("applications.completed", "{actor} completed {thing}: {questions}")
COMPLETION_ENDED = Kind("applications.completion_ended", "{actor} ended the request for more about {thing}")
IMPORTED = Kind(
    "applications.imported",
    "{actor} imported {count} answers into {thing}",
    one="{actor} imported {count} answer into {thing}",
)
COLUMNS_KEPT = Kind("applications.columns_kept", "{actor} corrected the columns of files for {thing}")
ERASED = Kind("applications.erased", "{thing} was erased as its time had come")
DRAFTS_ERASED = Kind(
    "applications.drafts_erased",
    "{count} drafts of {thing} that were never sent were erased",
    one="{count} draft of {thing} that was never sent was erased",
)
UNSUCCESSFUL_ERASED = Kind(
    "applications.unsuccessful_erased",
    "{count} unsuccessful applications to {thing} were erased; their counts stay",
    one="{count} unsuccessful application to {thing} was erased; its count stays",
)
APPLICANT_FORGOTTEN = Kind("applications.applicant_forgotten", "{thing} was erased with the person who wrote it")
