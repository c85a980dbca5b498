"""What needs several rooms at once; each step is the room's own action."""

from booster.home.actions.copying import copy_edition
from booster.home.actions.founding import Founded, found_academy, found_cluster_academy, found_with_calls

__all__ = ["Founded", "copy_edition", "found_academy", "found_cluster_academy", "found_with_calls"]
