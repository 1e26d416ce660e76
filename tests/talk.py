"""Invented conversations with a truth that we chose: what best customers say more often, and who talks more."""

from dataclasses import replace

import numpy as np
import pandas as pd

from idealfit.learn.history import History
from idealfit.learn.speech import RECORDED
from idealfit.sources.conversations import digest
from idealfit.tables import Utterance

FILLER = (
    "the demo looked fine to us|we have forty people in the office|can you send the slides|we met at the fair|"
    "our fiscal year starts in may|the team liked the second screen|i will talk to ann about it|that sounds good|"
    "let me share the numbers|we sell to schools and clinics|our offices are in three cities|i was on holiday|"
    "please call me on friday|the weather has been odd|who else is on the call|our customers are mostly local|"
    "we started the company in a garage|the contract would run for a year"
).split("|")
LINES = (
    "we waste hours every week on reports|it is a nightmare to find the numbers|errors creep in everywhere|"
    "we tried an agency first|we use spreadsheets for all of it|an intern does it by hand|"
    "it looks too expensive for us|our security team is worried|procurement has to approve|"
    "we need it before the audit in march|the board meeting is the deadline|our renewal is next month|"
    "we just hired a new vp|since the merger everything changed|after the outage the ceo asked"
).split("|")
"""What anybody may say; of the second, each sentence points to one of the five slots."""
PLANTED = ("stock counts never match", 0.55, 0.12)
"""Words of a problem, and the chance that a best customer and another company says them."""
TELLERS = ["ann", "our clerk", "the warehouse", "my boss", "the new hire", "bert", "everyone", "the night shift"]


def history(best: np.ndarray, closed: str = "2024-12-31") -> History:
    n = len(best)
    return History(
        facts=pd.DataFrame(index=pd.RangeIndex(n)), attributes=(), won=best, account=np.arange(n),
        opened=np.full(n, np.datetime64("2024-01-01", "D")), closed=np.full(n, np.datetime64(closed, "D")),
        amount=np.full(n, np.nan), ids=np.array([f"D{i}" for i in range(n)], dtype=object), best=best,
    )  # fmt: skip


def talk(
    companies: int = 120,
    *,
    turns: int = 12,
    best_talk: float = 1.0,
    planted: tuple[str, float, float] | None = PLANTED,
    kind: str = "transcript",
    share_best: float = 0.35,
    seed: int = 0,
) -> tuple[History, list[Utterance]]:
    """Return a history and what its companies said; best customers say `best_talk` times as much as the others."""
    rng = np.random.default_rng(seed)
    best = rng.random(companies) < share_best
    said: list[Utterance] = []
    for i in range(companies):
        n = max(2, int(rng.poisson(turns * (best_talk if best[i] else 1.0))))
        words = [f"{w}." for w in rng.choice(FILLER, n)] + [f"{w}." for w in rng.choice(LINES, max(1, n // 3))]
        if planted and rng.random() < (planted[1] if best[i] else planted[2]):
            teller, hall = rng.choice(TELLERS), rng.integers(1000)
            words.append(f"The problem in hall {hall} is that {planted[0]}, as {teller} says.")
        for turn, line in enumerate(rng.permutation(words)):
            said.append(_turn(len(said), i, str(line).capitalize(), kind))
            if kind in RECORDED and turn % 2:
                ours = _turn(len(said), i, "Our product solves this nightmare, I promise you.", kind)
                said.append(replace(ours, speaker="Rep", side="ours"))
    return history(best), said


def _turn(number: int, company: int, text: str, kind: str) -> Utterance:
    theirs = kind in RECORDED
    return Utterance(
        text, f"calls.csv:{number + 2}", digest(text), deal=f"D{company}",
        speaker=f"Buyer {company}" if theirs else "", side="theirs" if theirs else "", kind=kind,
    )  # fmt: skip
