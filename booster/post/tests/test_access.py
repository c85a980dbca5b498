import pytest
from django.contrib.auth.models import AnonymousUser

from booster.kit.access import allows
from booster.post.access import RULES


@pytest.mark.parametrize("verb", ["post.post_box", "post.read_letter", "post.read_calendar"])
def test_the_demos_post_box_is_open_to_everybody(verb):
    assert allows(RULES, verb, AnonymousUser(), None)
