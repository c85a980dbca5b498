"""The call for participants: who comes to the academy, why, and with what."""

from booster.calls.rules.gates import Gate
from booster.calls.rules.templates.shape import CriterionOf, Template, ask, characters, words

BODY = """\
The academy brings people who run cluster organisations together to work on their own questions. Trainers and coaches
give structure; most of what you take home comes from colleagues in other countries who face the same thing.

## How it works

You meet online first, with a small task between the days. Then you try something at home. When the group meets again in
person, you bring what happened, and you leave with a roadmap for your own organisation and with people to call.

## How we choose

Every application that meets the conditions is read by two evaluators, one after the other and without talking to each
other. They give marks from 0 to 5 for each criterion below. From the best of them we put together a group that learns
well: different countries, industrial ecosystems, stages of maturity and roles, and one person per organisation. Everybody
is told the result with the marks and comments; a reserve list fills the seats that become free.
"""

OFFERED = """\
- Training with experienced trainers, online and in person, free of charge
- Coaching on your own roadmap
- A group of peers from all over Europe, chosen so that you learn from each other
- All material, to use with your own team
- An attestation of what you attended and did
"""

EXPECTED = """\
- You run a cluster organisation or work in its management team
- Your organisation has at least 15 members and at least half a full-time post for management
- It is based in a country of the European Union or one associated to the Single Market Programme
- You take part in all days, online and in person, and your organisation agrees to it
- You do the small tasks between the days and tell the others what came of them
"""

LABELS = {"none": "None", "bronze": "Bronze", "silver": "Silver", "gold": "Gold"}
MATURITY = {
    "starting": "Starting: we are building the membership and the first services",
    "growing": "Growing: services run, we look for more members, money or reach",
    "established": "Established: we have run for years and renew what we do",
}
TOPICS = {
    "strategy": "Strategy",
    "services": "Services and business model",
    "funding": "Funding",
    "members": "Member engagement",
    "facilitation": "Facilitation",
    "value_chains": "Cross-sector value chains",
    "internationalisation": "Internationalisation",
    "digital": "Digital",
    "green": "Green",
    "communication": "Communication",
}
TRAVEL = {
    "under_200": "Under 200 euro",
    "200_500": "200 to 500 euro",
    "over_500": "Over 500 euro",
    "unknown": "I do not know yet",
}

SECTIONS = [
    {
        "key": "you",
        "title": "You",
        "text": "Who would take part.",
        "questions": [
            ask("given_name", "text", "First name", required=True, identifies=True, autocomplete="given-name"),
            ask("family_name", "text", "Family name", required=True, identifies=True, autocomplete="family-name"),
            ask(
                "email",
                "email",
                "E-mail address",
                "Everything about your application goes there, so choose one that you read.",
                required=True,
                identifies=True,
                autocomplete="email",
            ),
            ask(
                "gender",
                "choice",
                "Gender",
                "Only to balance the group. You may leave it open.",
                options={"woman": "Woman", "man": "Man", "other": "Other"},
                sensitive=True,
            ),
            ask(
                "role",
                "choice",
                "Your role",
                required=True,
                options={
                    "manager": "Cluster manager",
                    "director": "Managing director",
                    "employee": "Employee",
                },
            ),
            ask("years", "number", "Years in cluster management", required=True, minimum=0, maximum=60),
        ],
    },
    {
        "key": "organisation",
        "title": "Your organisation",
        "text": "Two people of one organisation may apply; one of them can be given a seat.",
        "questions": [
            ask(
                "organisation_name",
                "text",
                "Name of your cluster organisation",
                required=True,
                identifies=True,
                autocomplete="organization",
            ),
            ask(
                "profile_url",
                "link",
                "Its profile or web site",
                "Your page on the ECCP, if you have one.",
                identifies=True,
            ),
            ask("country", "country", "Country", required=True),
            ask("region", "region", "Region", "For example Grand Est or FRF. Leave it open if you are not sure."),
            ask("city", "text", "Town", required=True, identifies=True, autocomplete="address-level2"),
            ask(
                "latitude",
                "decimal",
                "Latitude",
                "For the map, such as 48.58. You may leave both numbers open.",
                minimum=-90,
                maximum=90,
                identifies=True,
            ),
            ask("longitude", "decimal", "Longitude", "Such as 7.75.", minimum=-180, maximum=180, identifies=True),
            ask(
                "ecosystems",
                "ecosystems",
                "Industrial ecosystems",
                "One to three that most of your members belong to.",
                required=True,
                minimum=1,
                maximum=3,
            ),
            ask("founded", "number", "Founded in", "A year.", required=True, minimum=1850, maximum=2100),
            ask("members", "number", "Members", "Organisations, today.", required=True, minimum=0, maximum=100000),
            ask(
                "smes",
                "number",
                "Of which small and medium-sized enterprises",
                required=True,
                minimum=0,
                maximum=100000,
            ),
            ask(
                "staff_fte",
                "decimal",
                "Management team, in full-time posts",
                "Two people at half time make 1.",
                required=True,
                minimum=0,
                maximum=1000,
            ),
            ask("label", "choice", "Label for cluster management excellence", required=True, options=LABELS),
            ask("maturity", "choice", "Where your organisation stands", required=True, options=MATURITY),
        ],
    },
    {
        "key": "learning",
        "title": "What you want to work on",
        "text": "Evaluators read this part. Plain words and real cases help them more than polish.",
        "questions": [
            ask(
                "challenge",
                "long_text",
                "What is the biggest challenge of your organisation today?",
                "What makes it hard, what have you tried, who is concerned?",
                required=True,
                limit=words(300),
                criteria=["challenge"],
            ),
            ask(
                "goal",
                "long_text",
                "What do you want to take home?",
                "What should be different in your organisation six months later?",
                required=True,
                limit=words(200),
                criteria=["motivation"],
            ),
            ask(
                "offer",
                "long_text",
                "What can you offer to the other participants?",
                "Experience, a method, contacts, a mistake worth telling.",
                required=True,
                limit=words(200),
                criteria=["contribution"],
            ),
            ask(
                "topics",
                "ranking",
                "Topics, most wanted first",
                "Give 1 to the topic that you want most, and number as many as you like.",
                minimum=1,
                options=TOPICS,
                criteria=["motivation"],
            ),
            ask(
                "prior_trainings",
                "long_text",
                "Trainings on cluster management so far",
                "What you attended and what you still use of it.",
                limit=words(150),
                criteria=["motivation"],
            ),
            ask(
                "chain_needs",
                "text",
                "What your members look for in other value chains",
                limit=characters(300),
                criteria=["contribution"],
            ),
            ask(
                "chain_offers",
                "text",
                "What your members can bring to other value chains",
                limit=characters(300),
                criteria=["contribution"],
            ),
        ],
    },
    {
        "key": "commitment",
        "title": "Taking part",
        "text": "The group works because everybody is there all the time.",
        "questions": [
            ask("both_online", "yes_no", "I can attend all online days", required=True),
            ask("both_in_person", "yes_no", "I can attend all days in person", required=True),
            ask(
                "approval",
                "yes_no",
                "My organisation agrees that I take part",
                "Your board, or the person you report to.",
                required=True,
            ),
            ask(
                "travel_band",
                "choice",
                "What would your journey to the in-person days cost, roughly?",
                "It has no influence on the choice.",
                options=TRAVEL,
            ),
        ],
    },
    {
        "key": "consents",
        "title": "Your data",
        "text": "Only the first one is needed for applying. You can change the others at any time.",
        "questions": [
            ask(
                "consent",
                "consent",
                "I have read the privacy notice and agree that my application is processed for this call",
                required=True,
                statement="1",
            ),
            ask(
                "consent_list",
                "consent",
                "My name and organisation may stand on the published list of participants",
                statement="1",
            ),
            ask("consent_photo", "consent", "Photos in which I can be recognised may be published", statement="1"),
            ask(
                "consent_recording",
                "consent",
                "Sessions in which I speak may be recorded for the participants",
                statement="1",
            ),
            ask(
                "consent_follow_up",
                "consent",
                "You may ask me three to six months later what became of it",
                statement="1",
            ),
            ask(
                "consent_quotes",
                "consent",
                "You may quote what I say in notes for policy, without my name",
                statement="1",
            ),
        ],
    },
]

CRITERIA = (
    CriterionOf(
        "motivation",
        "Motivation",
        "How clear it is what the applicant wants to learn, and that it will be used at home.",
        30,
        None,
        {
            "0": "No goal, or one that the academy cannot serve",
            "1": "A wish to attend, without saying what for",
            "2": "A general goal with little about the own organisation",
            "3": "A clear goal for the organisation that fits the programme",
            "4": "A clear goal and a first idea of how to reach it",
            "5": "A concrete change, who must take part in it at home, and how it will show",
        },
        ("goal", "topics", "prior_trainings"),
    ),
    CriterionOf(
        "challenge",
        "Challenge",
        "How real and well understood the challenge is, and how much others can learn from working on it.",
        40,
        None,
        {
            "0": "No challenge described",
            "1": "A slogan or a list of trends",
            "2": "A problem is named, but neither its causes nor who is concerned",
            "3": "A real problem with its causes; what was tried stays open",
            "4": "A well-understood problem with what was tried and what was learnt",
            "5": "A case that the group can work on at once and that others will recognise as their own",
        },
        ("challenge",),
    ),
    CriterionOf(
        "contribution",
        "Contribution",
        "What the applicant brings to the group: experience, methods, contacts, openness.",
        30,
        None,
        {
            "0": "Nothing offered",
            "1": "A general willingness to share",
            "2": "An offer without an example",
            "3": "A useful experience or method with an example",
            "4": "Something specific that several others need",
            "5": "A proven practice or network that is ready to be shared in a session",
        },
        ("offer", "chain_needs", "chain_offers"),
    ),
)

GATES = (
    Gate("late", "Sent after the deadline.", "in_time"),
    Gate(
        "not both legs",
        "The applicant cannot take part in all days, online and in person.",
        "all_yes",
        {"questions": ["both_online", "both_in_person"]},
    ),
    Gate("no consent", "The privacy notice was not agreed to.", "consent", {"question": "consent"}),
    Gate("no usable e-mail", "No letter can reach the address given.", "usable_email", {"question": "email"}),
    Gate(
        "management under 0.5 FTE",
        "The management team is smaller than half a full-time post.",
        "at_least",
        {"question": "staff_fte", "number": 0.5},
    ),
    Gate(
        "under 15 members",
        "The organisation has fewer than 15 members.",
        "at_least",
        {"question": "members", "number": 15},
    ),
    Gate(
        "country not eligible",
        "The organisation is based neither in the European Union nor in a country associated to the Single Market Programme.",
        "country_in",
        {"question": "country", "groups": ["EU27", "SMP"]},
    ),
)

PARTICIPANTS = Template(
    kind="participants",
    title="Call for participants",
    summary="For people who run cluster organisations: learn with peers from all over Europe, online and in person.",
    body=BODY,
    offered=OFFERED,
    expected=EXPECTED,
    sections=SECTIONS,
    criteria=CRITERIA,
    gates=GATES,
    settings={"seats": 27, "threshold": 50, "evaluators_per_file": 2},
)
