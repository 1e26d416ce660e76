"""Every task of the quality benchmark: seven with published baselines, four that nothing was tuned on."""

from __future__ import annotations

import crunchbase
import directory
import flat_sets
from task import Task

TASKS = {
    "salvirt won": flat_sets.salvirt_won,
    "bank yes": flat_sets.bank_yes,
    "telco churn": flat_sets.telco_churn,
    "crunchbase raises again": crunchbase.raises_again,
    "crunchbase acquired": crunchbase.is_acquired,
    "yc uses Lever": directory.uses_lever,
    "crunchbase look-alikes": crunchbase.look_alikes,
    "maven won": flat_sets.maven_won,
    "adventureworks orders again": flat_sets.adventureworks_orders_again,
    "yc goes inactive": directory.goes_inactive,
    "yc uses Workable": directory.uses_workable,
}


def tasks(wanted: str = "") -> list[Task]:
    """Return the tasks whose name contains `wanted`, loaded."""
    return [load() for name, load in TASKS.items() if wanted.lower() in name.lower()]


if __name__ == "__main__":
    for task in tasks():
        judged = [task.won[test].mean() for _, test in task.folds]
        shape = f"{len(task.won):7,} rows {len(task.attributes):3} attributes {len(task.folds):3} folds"
        print(f"{task.name:28} {shape}  base rate judged {sum(judged) / len(judged):.3f}\n    {task.description}")
