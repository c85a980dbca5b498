"""Runs in the peers' environment: leximin of sortition-algorithms on an instance from standard input (JSON).

In: seats, people ({id, attributes, unit}), quotas (attribute, value, minimum, maximum), backend.
"""

import json
import resource
import sys
import time

from sortition_algorithms import committee_generation, settings
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.utils import set_random_provider

asked = json.load(sys.stdin)
names = sorted({one[0] for one in asked["quotas"]})
rows = [
    {"feature": attribute, "value": value, "min": str(low), "max": str(high)}
    for attribute, value, low, high in asked["quotas"]
]
features, _, _ = read_in_features(["feature", "value", "min", "max"], rows, asked["seats"])
alone = {"check_same_address": False, "check_same_address_columns": []}
housed = {"check_same_address": True, "check_same_address_columns": ["unit"]}
rules = settings.Settings(
    id_column="id", columns_to_keep=["unit"], selection_algorithm="leximin", **(housed if asked["units"] else alone)
)
people_rows = [{"id": one["id"], "unit": one["unit"], **one["attributes"]} for one in asked["people"]]
people, _ = read_in_people(["id", "unit", *names], people_rows, features, rules)
set_random_provider(1)
wall, cpu = time.perf_counter(), time.process_time()
committees, shares, _ = committee_generation.find_distribution_leximin(
    features, people, asked["seats"], rules.normalised_address_columns, asked["backend"]
)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
chances = {one["id"]: 0.0 for one in asked["people"]}
for committee, share in zip(committees, shares, strict=True):
    for identity in committee:
        chances[identity] += share
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
json.dump({"chances": sorted(chances.values()), "wall": wall, "cpu": cpu, "peak": peak}, sys.stdout)
