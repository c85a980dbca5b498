"""A draw in sentences, for the selection report."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booster.kit.words import told
from booster.selection.models import Scenario
from booster.selection.rules import policies


def sentences(drawn: Mapping[str, Any]) -> list[str]:
    """Policy, people, bands, fingerprint, seed and ball of one draw, as the report's figures hold them."""
    label = Scenario.Policy(drawn["policy"]).label
    said = [
        f"{label}. {_(policies.MEANS[drawn['policy']])}",
        ngettext(
            "%(people)s person had a part in the draw of %(seats)s seats; at least %(threshold)s points were needed.",
            "%(people)s people had a part in the draw of %(seats)s seats; at least %(threshold)s points were needed.",
            drawn["people"],
        )
        % drawn,
        _("The fingerprint %(fingerprint)s was announced with the source of the seed: %(source)s") % drawn,
        _("The seed “%(seed)s” gave the ball %(ball)s.") % drawn,
        told(drawn["certificate"], _),
    ]
    if drawn["bands"]:
        rows = [
            _("%(letter)s from %(least)s points: %(seats)s") % {"letter": letter, "least": least, "seats": seats}
            for letter, least, seats in drawn["bands"]
        ]
        said.insert(2, _("Seats of each band: %(bands)s.") % {"bands": "; ".join(rows)})
    return said
