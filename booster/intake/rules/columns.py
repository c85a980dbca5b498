"""What survey tools and organisers call the columns of their files, besides the labels of our own forms. Pure."""

META: dict[str, tuple[str, ...]] = {
    "id": (
        "Contribution ID", "Offer ID", "Answer ID", "Response ID", "Submission ID", "Application ID", "Reference", "ID",
        "Contribution", "No.", "Nr",
    ),
    "created": (
        "Submitted (UTC)", "Submitted", "Submitted at", "Submission date", "Date submitted", "Date of submission",
        "Completed at", "Creation date (UTC)", "Creation date", "Created", "Created at", "Timestamp", "Start date",
    ),
    "changed": ("Last update (UTC)", "Last update", "Updated", "Last modified", "Changed", "Modified"),
    "language": ("Language", "Lang", "Language code"),
}  # fmt: skip

ALIASES: dict[str, tuple[str, ...]] = {
    # the call for participants
    "given_name": ("First name", "Given name", "Forename", "Name (first)"),
    "family_name": ("Family name", "Last name", "Surname", "Name (family)"),
    "email": ("E-mail address", "E-mail", "Email", "Email address", "Your e-mail", "Mail"),
    "gender": ("Gender", "Sex"),
    "role": ("Your role", "Role", "Position", "Function", "Job title"),
    "years": ("Years in cluster management", "Years of experience", "Experience (years)", "Years"),
    "organisation_name": (
        "Name of your cluster organisation", "Cluster organisation", "Organisation", "Organization",
        "Name of organisation", "Name of your organisation", "Cluster",
        "Lead applicant", "Applicant", "Host organisation", "Legal name",
    ),
    "profile_url": ("Profile", "Link to profile", "ECCP profile", "Profile link"),
    "country": ("Country", "Country of organisation", "Country of your organisation"),
    "region": ("Region", "NUTS region", "NUTS"),
    "city": ("City", "Town", "Place", "Location"),
    "latitude": ("Latitude", "Lat"),
    "longitude": ("Longitude", "Lon", "Long", "Lng"),
    "ecosystems": (
        "Industrial ecosystem(s), up to three", "Industrial ecosystems", "Ecosystems", "Industrial ecosystem",
        "Ecosystem(s)",
    ),
    "founded": ("Founded in", "Founded", "Year founded", "Year of foundation", "Founding year"),
    "members": ("Members", "Number of members", "Members in total", "Total members"),
    "smes": ("of which SMEs", "SMEs", "SME members", "Number of SMEs"),
    "staff_fte": ("Management team (FTE)", "Management team", "Staff FTE", "FTE", "Team (FTE)"),
    "label": ("Cluster management label", "Label", "Excellence label", "ESCA label"),
    "maturity": ("Maturity", "Stage", "Stage of maturity"),
    "challenge": (
        "What is the biggest challenge of your cluster today? (max. 300 words)", "Biggest challenge", "Challenge",
        "Main challenge",
    ),
    "goal": ("What do you want to take home?", "Goal", "Goal for the academy", "Expectation", "Expectations"),
    "offer": ("What can you offer to the other participants?", "Offer", "What can you offer?", "Contribution"),
    "topics": ("Topics, most wanted first", "Topics", "Topics wanted", "Preferred topics"),
    "both_online": ("I can attend both online days", "Online days", "Can attend online", "Attend online"),
    "both_in_person": (
        "I can attend both days in person", "In-person days", "Can attend in person", "Attend in person",
    ),
    "approval": ("My organisation agrees", "Organisation agrees", "Approval", "Employer agrees"),
    "consent": (
        "I have read the privacy notice and consent", "Consent", "Privacy notice", "Data protection consent",
        "Privacy consent",
    ),
    # the call for venue providers
    "organisation_type": ("Type", "Type of organisation", "Kind of organisation"),
    "partners": ("Consortium partners (name: role; ...)", "Consortium partners", "Partners"),
    "venue_name": ("Venue", "Venue name", "Name of the venue", "Premises"),
    "step_free": ("Step-free to all rooms", "Step-free", "Step free", "Step-free access", "Accessible"),
    "wifi_devices": ("Wifi devices supported", "Wifi devices", "Wi-Fi devices", "Devices on wifi"),
    "uplink_mbit": ("Uplink Mbit/s", "Uplink", "Upload Mbit/s"),
    "hotels_nearby": ("Hotels within 15 min walk", "Hotels nearby", "Hotels within walking distance"),
    "beds_held": ("Beds held", "Beds", "Rooms held"),
    "study_visit": ("Study visit offered", "Study visit", "Visit"),
    "local_speakers": ("Local speakers", "Speakers"),
    "certificate": ("Environmental certificate", "Certificate", "Green certificate"),
    "rooms_free": ("Rooms free of charge", "Rooms free"),
    "catering_free": ("Catering free of charge", "Catering free"),
    "cost_eur": ("Cost asked (EUR)", "Cost", "Cost (EUR)", "Costs asked", "Price"),
    "letter_of_support": ("Letter of support", "Support letter"),
    "contact_email": ("Contact e-mail", "Contact email", "E-mail", "Email", "Contact"),
    "why": ("Why you? (max. 2,000 characters)", "Why you?", "Motivation", "Why us?"),
}  # fmt: skip

KEY_OF_ROWS = "id"  # in a joined sheet: the column that names the answer its row belongs to
JOINED: dict[str, dict[str, tuple[str, ...]]] = {
    "rooms": {
        KEY_OF_ROWS: ("Offer ID", "Offer", "ID"),
        "name": ("Room", "Room name", "Name"),
        "m2": ("m2", "m²", "Area", "Square metres", "Size"),
        "theatre": ("Seats theatre", "Theatre", "Theatre seats", "Seats in rows"),
        "cabaret": ("Seats cabaret", "Cabaret", "Cabaret seats", "Seats at round tables"),
        "daylight": ("Daylight", "Natural light"),
        "step_free": ("Step-free", "Step free", "Accessible"),
        "projector": ("Projector", "Beamer", "Screen"),
        "minutes": ("Minutes from plenary", "Minutes", "Walk (min)", "Distance (min)"),
    },
    "dates": {
        KEY_OF_ROWS: ("Offer ID", "Offer", "ID"),
        "first": ("First day", "From", "Start", "Day 1"),
        "last": ("Second day", "Last day", "To", "End", "Day 2"),
        "held": ("Held exclusively", "Exclusive", "Held"),
    },
}


def aliases(field: str) -> tuple[str, ...]:
    """Other header texts for a field (a question key, or ``key.part``)."""
    part = field.rpartition(".")[2]
    return ALIASES.get(field, ()) or (ALIASES[part] if part in ("latitude", "longitude") else ())
