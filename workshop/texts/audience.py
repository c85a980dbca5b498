"""Who meets a text: applicants, hosts, evaluators, participants and the public (outside), or the team alone (desk)."""

import re

from workshop.texts.finding import Message

# Files of the organising team and of operators; everything else is met outside as well.
DESK = re.compile(
    r"""booster/(?:
      academies/(?:access|forms|views|actions|rules)\b|academies/templates/
    | calls/(?:actions/(?!enquiries)|forms/(?:building|judging|calls)|models|rules/(?:white_book|templates)|
              views/(?:builder|desk|inbox|judging)|templates/calls/(?:edit_|of_edition|_look|_preview|_question))
    | questions/(?:rules/(?:parsing|building)|forms/building)
    | applications/(?:actions/completion|forms/(?:asking|intake)|views/(?:intake|organising)|
              templates/applications/(?:intake|list|overview|file\.|export|ask_completion)|
              templates/applications/letters/completed)
    | applications/templates/applications/letters/round_left
    | intake/ | kit/sheets/
    | interviews/(?:forms|templates/interviews/(?:talks|change))
    | evaluation/(?:forms/organising|forms/evaluators|inlets|models|rules/(?:intake|sharing)|
              queries/(?:overview|screening|sharing|board)|
              actions/(?:assigning|conflicts|evaluators|screening|sharing|taking)|
              views/(?:assignments|board|intake|pool|preparing|screening)|
              templates/evaluation/(?:_sharing|_verdict_beside|assign|board|calibration|conflicts|evaluator|intake|
                                      invite|redact|reliability|remind|sample|screening|sharing|verdict))
    | selection/(?!access|letters|inlets|queries/deciding|views/complaining|rules/(?:feedback|windows)|
              templates/selection/(?:letters/(?!complaint_arrived|stepped_back)|outcome|complain\.))
    | cohort/templates/cohort/cohort\.html | cohort/views
    | venues/(?:views\b|templates/venues/(?:of_edition|rewrite))
    | home/(?:forms|inlets|actions/founding|letters|views/(?:operating|outbox)|
            queries/(?:desk|navigation|operations|steps)|
            templates/home/(?:copy_edition|desk|found|letter|operations|outbox|timeline))
    | people/(?:actions/merging|admin|views/cast|templates/people/(?:cast|_leave_stage))
    | post/(?:models|templates/post/(?:post_box|read_letter))
    | chronicle/ | config/ | library/(?:models|admin) | craft/
    | [a-z]+/facts
    )""",
    re.VERBOSE,
)


def is_desk(message: Message) -> bool:
    return all(DESK.match(name) for name in message.files)


def hint(message: Message) -> str:
    """Where the text stands, in a few words: ``applications: submit.html, letter``."""
    told = []
    for name in sorted(message.files)[:3]:
        room, _, rest = name.removeprefix("booster/").partition("/")
        kind = " (letter)" if "/letters" in name else ""
        told.append(f"{room}: {rest.rpartition('/')[2]}{kind}")
    return ", ".join(told)
