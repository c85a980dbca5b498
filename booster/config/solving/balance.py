"""booster solve balance: who is chosen and why; with a lottery the chances, the published file and the draw."""

from decimal import Decimal
from typing import Any

from booster.config.solving.kinds import Asked, Told, guarded, table
from booster.craft import balance
from booster.craft.balance import fair
from booster.craft.instances.balance import BalanceInstance

FORM = BalanceInstance
EFFORT = 60.0  # deterministic seconds, when none are asked for
METHOD = "booster solve, method 1"  # part of the published file: a later release must draw the same
RIGHT = frozenset({1})


def told(instance: BalanceInstance, asked: Asked) -> Told:
    plainly = instance.policy == "points" and instance.threshold is None
    return guarded(balance, lambda: _chosen(instance, asked) if plainly else _by_terms(instance, asked))


def drawn(published: bytes, seed: str) -> Told:
    """Repeat a draw from its published file, without the instance."""
    return guarded(balance, lambda: _repeated(fair.draw(published, seed), fair.fingerprint(published)))


def _repeated(found: fair.Drawn, mark: str) -> Told:
    lines = [f"Fingerprint of the file: {mark}", *_draw_lines(found), f"Chosen: {', '.join(found.ids)}"]
    return Told({"drawn": found, "fingerprint": mark}, lines)


def _chosen(instance: BalanceInstance, asked: Asked) -> Told:
    problem = instance.question(asked.seed)
    choice = balance.choose(problem, effort=asked.effort, watch=asked.watch)
    document = {"answer": choice, "seed": problem.seed}
    return Told(document, lines(choice, _scores(problem)), picture=lambda: _picture(problem, choice))


def _by_terms(instance: BalanceInstance, asked: Asked) -> Told:
    problem, terms = instance.question(asked.seed), instance.terms()
    portfolio = fair.portfolio(problem, terms, effort=asked.effort, watch=asked.watch)
    published = fair.published(problem, terms, portfolio, version=METHOD)
    document: dict[str, Any] = {"answer": None, "portfolio": portfolio, "seed": problem.seed, "drawn": None}
    document["fingerprint"] = fair.fingerprint(published)
    told = [*_portfolio_lines(portfolio), f"Fingerprint of the published file: {document['fingerprint']}"]
    seed = asked.draw_seed or instance.draw_seed or ("one group only" if terms.policy == "points" else "")
    if not seed:
        told += ["Nothing is drawn yet: give a seed that was fixed in advance and became known later.", ""]
        return Told(document, told + _chances(portfolio), file=published)
    draw = fair.draw(published, seed)
    choice = fair.settled(problem, terms, portfolio, draw)
    document |= {"answer": choice, "drawn": draw}
    told += [*_draw_lines(draw), "", *lines(choice, _scores(problem)), "", *_chances(portfolio)]
    return Told(document, told, picture=lambda: _picture(problem, choice), file=published)


def _draw_lines(draw: fair.Drawn) -> list[str]:
    place = f"group {draw.panel} of the published list, counted from 0"
    return [f"Drawn with the seed “{draw.seed}”: ball {draw.ball_shown} of {draw.tickets}, {place}."]


def _portfolio_lines(portfolio: fair.Portfolio) -> list[str]:
    found = [portfolio.sentence, portfolio.certificate.sentence]
    rows = [
        [f"Band {one.name}", f"{one.edge} points or more", f"{one.people} people", f"{one.seats} seats"]
        for one in portfolio.bands
    ]
    return found + list(table(rows) if rows else ())


def _chances(portfolio: fair.Portfolio) -> list[str]:
    """People by chance, the highest first; those without any with the reason."""
    groups: dict[Any, list[str]] = {}
    for name, chance in portfolio.chances.items():
        if chance:
            groups.setdefault(chance, []).append(name)
    found = ["Chances"]
    for chance, names in sorted(groups.items(), reverse=True):
        found.append(f"  {fair.chance_shown(chance)}: {', '.join(names)}")
    found += [f"  {name}: {reason.sentence}" for name, reason in portfolio.never.items()]
    return found


def _picture(problem: balance.Problem, choice: balance.Choice) -> str:
    from booster.config.solving import strips  # noqa: PLC0415 -- only when a picture is asked for

    return strips.picture(problem, choice)


def _scores(problem: balance.Problem) -> dict[str, Any]:
    return {one.id: one.score for one in problem.candidates}


def lines(choice: balance.Choice, scores: dict[str, Any]) -> list[str]:
    found = [f"Chosen: {len(choice.chosen)} people, {figure(choice.total)} points, {choice.average:.1f} on average."]
    found += _people(choice.chosen, scores, choice)
    found += ["", choice.proof.sentence]
    if choice.limits:
        found += ["", "Limits"]
        found += table([[one.label, asked_for(one), f"got {one.reached}", bound(one)] for one in choice.limits])
    if choice.reserve:
        found += ["", "Reserve, in the order of moving up"]
        found += table([[one.id, figure(scores[one.id]), one.sentence] for one in choice.reserve], RIGHT)
    others = sorted(set(choice.reasons) - {*choice.chosen}, key=lambda one: (-scores[one], one))
    return found + (["", "Not chosen", *_people(others, scores, choice)] if others else [])


def _people(ids: Any, scores: dict[str, Any], choice: balance.Choice) -> list[str]:
    rows = [[one, figure(scores[one]), choice.reasons[one].sentence] for one in ids]
    return list(table(rows, RIGHT) if rows else ())


def figure(points: Decimal | int) -> str:
    return f"{Decimal(points).normalize():f}"


def asked_for(one: balance.LimitOutcome) -> str:
    low = 0 if one.minimum is None else one.minimum
    return f"asked {low} or more" if one.maximum is None else f"asked {low} to {one.maximum}"


def bound(one: balance.LimitOutcome) -> str:
    return f"the {one.binding} is reached" if one.binding else "leaves room"
