"""booster solve mixing: the groups of every session, how many people meet, what no plan can surpass."""

from booster.config.solving.kinds import Asked, Told, guarded
from booster.craft import mixing
from booster.craft.instances.mixing import MixingInstance

FORM = MixingInstance
EFFORT = 4.0  # deterministic seconds, when none are asked for


def told(instance: MixingInstance, asked: Asked) -> Told:
    return guarded(mixing, lambda: _mixed(instance, asked))


def _mixed(instance: MixingInstance, asked: Asked) -> Told:
    problem = instance.question(asked.seed)
    if plan := instance.plan():
        found = mixing.replan(problem, plan, instance.again, effort=asked.effort, watch=asked.watch)
    else:
        found = mixing.mix(problem, effort=asked.effort, watch=asked.watch)
    return Told({"answer": found, "seed": problem.seed}, lines(found), picture=lambda: _picture(found))


def _picture(found: mixing.Mixing) -> str:
    from booster.config.solving import squares  # noqa: PLC0415 -- only when a picture is asked for

    return squares.picture(found)


def lines(found: mixing.Mixing) -> list[str]:
    told = []
    for session in found.plan:
        told.append(session.session)
        for group in session.groups:
            led = f" (with {group.facilitator})" if group.facilitator else ""
            told.append(f"  {group.group}{led}: {', '.join(group.people) or 'nobody'}")
    moved = [f"  {session}: {', '.join(ids)}" for session, ids in found.moved.items() if ids]
    told += ["", "Who changes a published group", *moved] if moved else []
    told += ["", *(one.sentence for one in found.sentences)]
    if found.proof.sentence not in told:
        told.append(found.proof.sentence)
    unmet = {name: others for name, others in found.counts.unmet.items() if others}
    if unmet:
        told += ["", "Not met yet"]
        told += [f"  {name}: {', '.join(others)}" for name, others in unmet.items()]
    return told
