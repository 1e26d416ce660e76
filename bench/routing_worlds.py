"""Worlds to route in: a policy of 200 reps and 50 rules, and leads for it."""

from __future__ import annotations

import random

COUNTRIES = ("DE", "AT", "CH", "GB", "IE", "FR", "BE", "NL", "US", "CA")


def policy(reps: int = 200, rules: int = 50, *, always: bool = True) -> str:
    """Return a policy: pools of twenty, by tier, country and size; the last rule takes everything."""
    people = "\n".join(
        f"  - {{id: rep{n:03}, can: {{languages: [en, {('de', 'fr', 'nl')[n % 3]}]}}}}" for n in range(reps)
    )
    pools = "\n".join(
        f"  - {{name: pool{n}, reps: [{', '.join(f'rep{k:03}' for k in range(n * 20, min(n * 20 + 20, reps)))}], "
        f"needs: [{{lead: language, rep: languages}}]}}"
        for n in range(reps // 20)
    )
    tests = "\n".join(
        f"  - {{name: rule{n}, when: [{{field: tier, test: {{is: {'ABC'[n % 3]}}}}}, "
        f"{{field: country, test: {{is: {COUNTRIES[n % 10]}}}}}, {{field: employees, test: {{at_least: {(n // 10) * 40}}}}}], "
        f"to: [{{owner: next}}, {{pool: pool{n % (reps // 20)}}}]}}"
        for n in range(rules - 1)
    )
    hours = '{mon-sun: ["00:00-24:00"]}' if always else '{mon-fri: ["08:00-18:00"]}'
    return (
        f"idealfit_routing: 1\nname: bench\nhours: {hours}\naccept_within: 30m\nreps:\n{people}\npools:\n{pools}\n"
        f"rules:\n{tests}\n  - {{name: rest, to: [{{pool: pool0}}]}}\n"
    )


def leads(number: int, seed: int = 0):
    """Yield leads."""
    chance = random.Random(seed)
    for n in range(number):
        yield {
            "email": f"lead{seed}x{n}@example.com",
            "tier": chance.choice("ABC"),
            "country": chance.choice(COUNTRIES),
            "employees": chance.randrange(1, 400),
            "language": chance.choice(("en", "de", "fr")),
        }
