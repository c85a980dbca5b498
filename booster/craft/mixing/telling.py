"""An answer from tables: plan, counts, proof and the sentences to read aloud."""

from collections.abc import Mapping

from booster.craft.mixing.answer import Counts, GroupPlan, Mixing, Plan, Proof, Reason, SessionPlan
from booster.craft.mixing.bounds import Ceiling, ceiling, least_sessions
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
    proven: int | None = None,
) -> Mixing:
    """`moved`: None for a new plan. `proven`: a bound that a search has proven, where there is one."""
    counts = counts_of(ground, tables)
    proof = proof_of(ground, tables, counts, proven)
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


def proof_of(ground: Ground, tables: Tables, counts: Counts, proven: int | None = None) -> Proof:
    """How far the distinct pairs are from the least bound known for these sizes."""
    limit = ceiling(ground, [[len(members) for members in groups] for groups in tables])
    bound, by = limit.pairs, limit.by
    gap = min(bound, bound if proven is None else proven) - counts.distinct
    if proven is not None and proven < bound:
        return Proof(
            "bound" if gap else "optimal", proven, gap, "search", _proof_words("search", counts, proven, gap, 0)
        )
    return Proof("bound" if gap else "optimal", bound, gap, by, _proof_words(by, counts, bound, gap, len(tables)))


def _proof_words(by: str, counts: Counts, bound: int, gap: int, sessions: int) -> str:
    if not gap:
        return say("optimal").sentence
    return say(f"bound_{by}", distinct=counts.distinct, bound=bound, sessions=sessions).sentence


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


__all__ = ["Ceiling", "plan_of", "proof_of", "told"]
