"""An answer from tables: plan, counts, proof and the sentences to read aloud."""

from collections.abc import Mapping

from booster.craft.mixing.answer import Counts, GroupPlan, Mixing, Plan, Proof, Reason, SessionPlan
from booster.craft.mixing.bounds import ceiling, least_sessions
from booster.craft.mixing.counts import Tables, counts_of
from booster.craft.mixing.ground import Ground
from booster.craft.mixing.leading import Lead, Leaders
from booster.craft.mixing.words import say


def told(
    ground: Ground,
    tables: Tables,
    led: tuple[Lead, Leaders],
    method: str,
    moved: Mapping[str, tuple[str, ...]] | None = None,
) -> Mixing:
    """`moved`: None for a new plan."""
    counts = counts_of(ground, tables)
    proof = proof_of(ground, tables, counts)
    sentences = [*_about_pairs(ground, tables, counts, proof)]
    sentences += [say("same", attribute=s.attribute, meetings=s.meetings, least=s.least) for s in counts.same]
    if moved is not None:
        moves = sum(len(ids) for ids in moved.values())
        sentences.append(say("moves", moves=moves) if moves else say("nobody_moves"))
    return Mixing(plan_of(ground, tables, led), counts, proof, method, tuple(sentences), moved or {})


def plan_of(ground: Ground, tables: Tables, led: tuple[Lead, Leaders]) -> Plan:
    who, leaders = led
    return tuple(
        SessionPlan(
            hour.session.id,
            tuple(
                GroupPlan(
                    group.id,
                    tuple(ground.ids[one] for one in sorted(members)),
                    None if leader is None else who.people[leader].id,
                )
                for group, members, leader in zip(hour.session.groups, groups, line, strict=True)
            ),
        )
        for hour, groups, line in zip(ground.hours, tables, leaders, strict=True)
    )


def proof_of(ground: Ground, tables: Tables, counts: Counts) -> Proof:
    """How far the distinct pairs are from the least bound known for these sizes."""
    limit = ceiling(ground, [[len(members) for members in groups] for groups in tables])
    gap = limit.pairs - counts.distinct
    if not gap:
        return Proof("optimal", limit.pairs, 0, limit.by, say("optimal").sentence)
    figures = {"distinct": counts.distinct, "bound": limit.pairs, "sessions": len(tables)}
    return Proof("bound", limit.pairs, gap, limit.by, say(f"bound_{limit.by}", **figures).sentence)


def _about_pairs(ground: Ground, tables: Tables, counts: Counts, proof: Proof) -> list[Reason]:
    said = [say("acquaintances", distinct=counts.distinct, bound=proof.bound)]
    again = counts.twice + counts.oftener
    said.append(say("repeats", twice=counts.twice, oftener=counts.oftener) if again else say("no_repeats"))
    if counts.distinct == ground.size * (ground.size - 1) // 2:
        return [*said, say("everyone")]
    said.append(say("partners", least=counts.least_partners, others=ground.size - 1))
    size = max(len(members) for groups in tables for members in groups)
    sessions = least_sessions(ground.size, size)
    if sessions is not None:
        said.append(say("full_mutual", people=ground.size, size=size, sessions=sessions))
    return said
