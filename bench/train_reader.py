"""Fit the weights by which the reader of facts tells what is stated, denied, or neither (profile/judging.tsv).

Every mention in the sentences of the lots is a case: stated if the sentence's facts hold it, denied if they hold its opposite,
else neither; what may be read or not is left out. A multinomial logistic regression (L2, C = `STRENGTH`) is fitted to the
signs around it. Before, the same is fitted three times without a third of the lots each, so that what is printed is how
well sentences of writers are read whom the fit has not seen.

    python bench/train_reader.py            # both; writes the weights
    python bench/train_reader.py --check    # only the three fits
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))
from composed_sentences import composed
from fact_names import compare, parted, same
from fact_sentences import LATER, SEEN, UNSEEN, sentences
from facts import EARLIER, HAND, LOTS, by_hand, of_file, read, said
from idealfit.profile import judging
from idealfit.profile.denials import opposite
from idealfit.profile.mentions import mentions
from idealfit.profile.surroundings import surroundings

if TYPE_CHECKING:
    from idealfit.profile.fact import Fact

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "idealfit" / "profile" / "judging.tsv"
STRENGTH = 0.2
COMPOSED = 4_000
ESSENTIAL = {"lot clauses": 3, "by hand": 3}  # how often each case counts
OFTEN = 3  # a sign that fewer cases have is noise
Line = tuple[str, set[str], set[str]]
Case = tuple[set[str], int]


def lots() -> dict[str, list[Line]]:
    """Return the lots of sentences, by name: each line with the facts it states and those that may be read."""
    here = {f"lot {path.stem}": of_file(path) for path in sorted((HERE / "reader_lots").glob("*.txt"))}
    earlier = {name: of_file(HERE / f"fact_sentences_{name.replace(' ', '_')}.txt") for name in LOTS}
    by_us = {
        "by hand": by_hand(HAND) + by_hand(EARLIER),
        "composed": composed(seed=1, count=COMPOSED),
        "templates": sentences(SEEN, seed=7) + sentences(UNSEEN, seed=11) + sentences(LATER, seed=3, fills=2),
    }
    return here | earlier | by_us


def cases(lines: list[Line]) -> list[Case]:
    """Return the signs around every mention with 1 where it is stated, 2 where it is denied, 0 where neither."""
    found: list[Case] = []
    for text, must, may in lines:
        mentioned = tuple(mentions(text))
        for fact in mentioned:
            if (state := _state(fact, text[fact.start : fact.end], must, may)) is not None:
                found.append((surroundings(text, fact, mentioned), state))
    return found


NAMED = {
    "industry": ("is", "is_not"),
    "sells_to": ("has", "lacks"),
    "technologies": ("has", "lacks"),
    "roles": ("has", "lacks"),
    "hiring": ("has", "lacks"),
}


def _state(fact: Fact, words: str, must: set[str], may: set[str]) -> int | None:
    assert fact.test is not None
    if fact.attribute in NAMED:  # by the words themselves: "art gallery" is what "galleries" names, whatever we call it
        yes, no = ((fact.attribute, condition, frozenset((words,))) for condition in NAMED[fact.attribute])
        wanted = [part for one in must | may for part in parted(one)]
        near = [part for part in wanted if part[0] == fact.attribute and isinstance(part[2], frozenset)]
        for sign, state in ((yes, 1), (no, 2)):
            if any(same(sign, (part[0], part[1], frozenset((value,)))) for part in near for value in part[2]):
                return state
    stated = parted(said(fact.attribute, fact.test))
    denied = [part for test in opposite(fact.test) for part in parted(said(fact.attribute, test))]
    wanted = [part for one in must for part in parted(one)]
    if all(any(same(part, w) for w in wanted) for part in stated):
        return 1
    if denied and all(any(same(part, w) for w in wanted) for part in denied):
        return 2
    doubtful = [part for one in may for part in parted(one)]
    return None if any(same(part, d) for part in stated + denied for d in doubtful) else 0


def fitted(known: list[Case]) -> dict[str, tuple[float, float]]:
    """Return what each sign adds to "stated" and to "denied", against "neither"."""
    often = Counter(sign for signs, _ in known for sign in signs)
    rows = [dict.fromkeys((sign for sign in sorted(signs) if often[sign] >= OFTEN), 1.0) for signs, _ in known]
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=500).fit(vectors.fit_transform(rows), [state for _, state in known])
    neither, stated, denied = model.coef_
    weights = {"": tuple(float(model.intercept_[i] - model.intercept_[0]) for i in (1, 2))}
    for sign, a, b, c in zip(vectors.get_feature_names_out(), neither, stated, denied, strict=True):
        pair = (round(float(b - a), 2), round(float(c - a), 2))
        if pair != (0.0, 0.0):
            weights[sign] = pair
    return weights  # type: ignore[return-value]


def counted(lines: list[Line], weights: dict[str, tuple[float, float]]) -> tuple[int, int, int]:
    """Return how many sentences are read right with some weights, and how many facts are invented and missed."""
    kept, judging.weights = judging.weights, lambda: weights  # type: ignore[assignment]
    try:
        right = invented = missed = 0
        for text, must, may in lines:
            more, less = compare(read(text), must, may)
            right, invented, missed = right + (not more and not less), invented + len(more), missed + len(less)
    finally:
        judging.weights = kept
    return right, invented, missed


def main() -> int:
    """Print how well unseen writers are read, then fit to all lots and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--fast", action="store_true", help="write at once")
    given = parser.parse_args()
    named = lots()
    known = {name: cases(lines) for name, lines in named.items()}
    print(f"{sum(map(len, named.values())):,} sentences, {sum(map(len, known.values())):,} mentions")
    if not given.fast:
        names, total = sorted(name for name in named if name.startswith("lot ")), [0, 0, 0, 0]
        for third in (names[i::3] for i in range(3)):
            weights = fitted([case for name in known if name not in third for case in known[name]])
            for name in third:
                found = counted(named[name], weights)
                print(f"{name:<28}{found[0] / len(named[name]):>8.3f}{found[1]:>6}{found[2]:>6}", flush=True)
                total = [a + b for a, b in zip(total, (*found, len(named[name])), strict=True)]
        print(f"{'unseen writers':<28}{total[0] / total[3]:>8.3f}{total[1]:>6}{total[2]:>6}")
    if not given.check:
        weights = fitted([case for name, lines in known.items() for case in lines * ESSENTIAL.get(name, 1)])
        lines = [f"{sign}\t{stated:g}\t{denied:g}" for sign, (stated, denied) in sorted(weights.items())]
        WEIGHTS.write_text(
            "# sign, stated, denied: bench/train_reader.py\n" + "\n".join(lines) + "\n", encoding="utf-8"
        )
        print(f"{len(lines):,} weights written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
