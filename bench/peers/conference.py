"""Runs in the peers' environment: conference-scheduler on talks, rooms and hours from standard input (JSON).

In: talks ({name, demand, away: places of slots}), slots ({venue, start, capacity, session}). Out: a slot for each.
"""

import json
import resource
import sys
import time
from datetime import datetime

from conference_scheduler import scheduler
from conference_scheduler.lp_problem import objective_functions
from conference_scheduler.resources import Event, Slot

asked = json.load(sys.stdin)
slots = [
    Slot(one["venue"], datetime.fromisoformat(one["start"]), 45, one["capacity"], one["session"])
    for one in asked["slots"]
]
events = []
for one in asked["talks"]:
    event = Event(one["name"], 45, one["demand"])
    event.add_unavailability(*(slots[place] for place in one["away"]))
    events.append(event)
wall, cpu = time.perf_counter(), time.process_time()
found = scheduler.schedule(events, slots, objective_function=objective_functions.efficiency_capacity_demand_difference)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, used.ru_maxrss) / 1024
excess = sum(max(0, item.event.demand - item.slot.capacity) for item in found)
json.dump({"excess": excess, "wall": wall, "cpu": cpu + used.ru_utime + used.ru_stime, "peak": peak}, sys.stdout)
