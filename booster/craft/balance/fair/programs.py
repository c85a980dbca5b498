"""Linear programs, answered by HiGHS through scipy and paid for in simplex steps. Import it lazily."""

from typing import Any

import numpy as np
from scipy.optimize import linprog

from booster.craft.balance.fair.finder import Purse

STEPS = 20_000  # simplex steps that take about a second


def minimised(purse: Purse, cost: np.ndarray, **rules: Any) -> Any | None:
    """The answer of scipy's `linprog`, dual simplex; None when there is none, or arithmetic fails."""
    answer = linprog(cost, method="highs-ds", **rules)
    purse.pay(int(answer.nit) / STEPS)
    return None if answer.status else answer


def surely_minimised(purse: Purse, cost: np.ndarray, **rules: Any) -> Any:
    """The same for a program that has an answer."""
    answer = minimised(purse, cost, **rules)
    if answer is None:
        raise RuntimeError("A linear program that has an answer was not solved.")
    return answer
