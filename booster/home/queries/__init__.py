"""What the pages of the roof show of many rooms at once."""

from booster.home.queries.desk import Desk, desk
from booster.home.queries.navigation import beside_a_call, navigation
from booster.home.queries.operations import Operations, missing_migrations, operations, unknown_migrations
from booster.home.queries.pages import MyPage, academy_editions, edition_page, first_day, front, my_page, search
from booster.home.queries.telling import DAYS_SHOWN, timeline_days

__all__ = [
    "DAYS_SHOWN",
    "Desk",
    "MyPage",
    "Operations",
    "academy_editions",
    "beside_a_call",
    "desk",
    "edition_page",
    "first_day",
    "front",
    "missing_migrations",
    "my_page",
    "navigation",
    "operations",
    "search",
    "timeline_days",
    "unknown_migrations",
]
