"""Who may see the pages of the roof."""

from booster.academies.access import is_operator, is_organiser, may_read_desk
from booster.kit.access import any_of, anybody

RULES = {
    "home.read_edition": anybody,
    "home.desk": may_read_desk,
    "home.outbox": is_organiser,
    "home.timeline": may_read_desk,
    "home.copy_edition": any_of(is_organiser, is_operator),
    "home.search": anybody,
    "home.operations": is_operator,
    "home.found": is_operator,
    "home.retry_errands": is_operator,
}
