"""python -m bench.craft.one PART NAME: measure one case in a process of its own and print the finding as JSON."""

import json
import resource
import sys
import time
from dataclasses import asdict
from importlib import import_module


def main(part: str, name: str) -> None:
    case = next(one for one in import_module(f"bench.craft.{part}").cases() if one.name == name)
    import ortools.sat.python.cp_model  # noqa: F401 -- loading a solver is no part of its work
    import scipy.optimize  # noqa: F401

    work = case.prepare()
    wall, cpu = time.perf_counter(), time.process_time()
    found = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({**asdict(found), "wall": wall, "cpu": cpu, "peak": peak}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
