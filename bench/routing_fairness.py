"""How far from the fair share people get: ours, and the published rules of Odoo and cal.com, on the same histories.

Written from descriptions of the rules, not from their code. A history has joiners, people away for a while, caps and weights.
The gap of a person is the sum of their shares (each lead shared out by weight among those who were in) less the leads they got.
"""

from __future__ import annotations

import argparse
import random
import time
from fractions import Fraction

from idealfit.route.turns import LEAD, bound, shares, whose_turn

DAY = 20  # leads


def history(seed: int):
    """Return weights, and for each lead who is in; caps are leads a day."""
    chance = random.Random(seed)
    people = chance.randint(2, 12)
    weights = [chance.choice((100, 100, 100, 50, 200)) for _ in range(people)]
    joins = [0 if chance.random() < 0.7 else chance.randrange(200) for _ in range(people)]
    caps = [chance.choice((None, None, 3, 8)) for _ in range(people)]
    away = [set() for _ in range(people)]
    for days in away:
        for _ in range(chance.randrange(4)):
            first = chance.randrange(300)
            days.update(range(first, first + chance.choice((5, 20, 60))))
    leads = [[k for k in range(people) if n >= joins[k] and n not in away[k]] for n in range(300)]
    return weights, caps, joins, leads


class Ours:
    def __init__(self, weights, _joins, _seed):
        self.weights, self.credit, self.last = weights, [0] * len(weights), [-1] * len(weights)

    def choose(self, n, inside, _got):
        parts = shares(tuple(self.weights[k] for k in inside))
        chosen = inside[whose_turn([self.credit[k] for k in inside], parts, [(self.last[k], k) for k in inside])]
        for k, part in zip(inside, parts, strict=True):
            self.credit[k] += part
        self.credit[chosen] -= LEAD
        self.last[chosen] = n
        return chosen


class Odoo:
    """The largest remaining quota of the day, ties by chance; quota = monthly capacity / 30, less leads of the last day."""

    def __init__(self, weights, _joins, seed):
        self.quota = [round(w * 6 / 30) for w in weights]  # 600 a month for a weight of 100: 20 a day
        self.chance, self.given = random.Random(seed), []

    def choose(self, n, inside, _got):
        recent = [k for at, k in self.given if at > n - DAY]
        left = {k: self.quota[k] - recent.count(k) for k in inside}
        most = max(left.values())
        chosen = self.chance.choice([k for k in inside if left[k] == most])
        self.given.append((n, chosen))
        return chosen


class CalCom:
    """The largest shortfall from weight x (all + calibration) / weights, then weight, then least recent; joiners and
    absences are calibrated with leads that others had meanwhile, per head."""

    def __init__(self, weights, joins, _seed):
        self.weights, self.joins = weights, joins
        self.calibration = [0.0] * len(weights)
        self.last, self.joined = [-1] * len(weights), set()

    def choose(self, n, inside, got):
        team = [k for k in range(len(self.weights)) if self.joins[k] <= n]
        for k in team:
            if k not in self.joined:
                self.calibration[k] = sum(got) / max(len(self.joined), 1)
                self.joined.add(k)
        total = sum(got) + sum(self.calibration)
        all_weights = sum(self.weights[k] for k in team)
        short = {k: total * self.weights[k] / all_weights - got[k] - self.calibration[k] for k in inside}
        most = max(short.values())
        first = [k for k in inside if short[k] == most]
        chosen = min(first, key=lambda k: (-self.weights[k], self.last[k], k))
        for k in team:
            if k not in inside:
                self.calibration[k] += 1 / max(len(team) - 1, 1)
        self.last[chosen] = n
        return chosen


def gap(rule, weights, caps, leads):
    got, exact, worst, today = [0] * len(weights), [Fraction(0)] * len(weights), Fraction(0), {}
    for n, who in enumerate(leads):
        day = n // DAY
        inside = [k for k in who if caps[k] is None or today.get((day, k), 0) < caps[k]]
        if not inside:
            continue
        chosen = rule.choose(n, inside, got)
        total = sum(weights[k] for k in inside)
        for k in inside:
            exact[k] += Fraction(weights[k], total)
        exact[chosen] -= 1
        got[chosen] += 1
        today[day, chosen] = today.get((day, chosen), 0) + 1
        worst = max(worst, max(map(abs, exact)))
    return float(worst)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--histories", type=int, default=10_000)
    asked = options.parse_args()
    found = {rule.__name__: [] for rule in (Ours, Odoo, CalCom)}
    beyond, begun = 0, time.perf_counter()
    for seed in range(asked.histories):
        weights, caps, joins, leads = history(seed)
        for rule in (Ours, Odoo, CalCom):
            if rule is Ours or seed % 10 == 0:
                found[rule.__name__].append(gap(rule(weights, joins, seed), weights, caps, leads))
        beyond += found["Ours"][-1] >= max(bound(len(weights)), 1)
    print(f"largest gap from the fair share, in leads; 300 leads each, {time.perf_counter() - begun:.0f} s")
    print(f"{'':10}{'histories':>10}{'median':>9}{'99 in 100':>11}{'most':>8}{'within one':>12}")
    for name, gaps in found.items():
        ordered = sorted(gaps)
        within = sum(g <= 1 for g in gaps) / len(gaps)
        at = [ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.99, 1.0)]
        print(f"{name:10}{len(gaps):>10,}{at[0]:>9.2f}{at[1]:>11.2f}{at[2]:>8.2f}{within:>12.1%}")
    print(f"beyond the stated bound: {beyond} of {asked.histories:,}")


if __name__ == "__main__":
    main()
