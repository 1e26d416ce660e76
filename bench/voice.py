"""What customers say: how often nothing is taken for something, how often the planted is found, quotes, and speed."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "src")]

from sklearn.feature_extraction.text import CountVectorizer  # noqa: E402
from sklearn.feature_selection import chi2  # noqa: E402

from idealfit.learn.history import History  # noqa: E402
from idealfit.learn.voice import heard  # noqa: E402
from idealfit.tables import Utterance  # noqa: E402
from talk import PLANTED, talk  # noqa: E402

LIMIT = 60.0


def plain_search(past: History, said: list[Utterance]) -> list[str]:
    """Return the phrases a plain word count calls significant: chi squared at 5 %, nothing paid for the search."""
    companies = len(past.won)
    texts = [" ".join(u.text for u in said if u.deal == f"D{i}" and u.side != "ours") for i in range(companies)]
    counter = CountVectorizer(ngram_range=(1, 3), min_df=3, binary=True, stop_words="english")
    counts = counter.fit_transform(texts)
    p = chi2(counts, past.best)[1]
    return [str(w) for w in counter.get_feature_names_out()[p <= 0.05]]


def nothing_planted(runs: int, best_talk: float) -> tuple[float, float]:
    ours = theirs = 0
    for seed in range(runs):
        past, said = talk(100, turns=10, planted=None, best_talk=best_talk, seed=seed)
        ours += any(v.verdict == "supported" for v in heard(past, said).voice)
        theirs += bool(plain_search(past, said))
    return ours / runs, theirs / runs


def found(runs: int, companies: int) -> float:
    hits = 0
    for seed in range(runs):
        past, said = talk(companies, turns=10, seed=seed)
        hits += any(v.verdict == "supported" and v.phrase in PLANTED[0] for v in heard(past, said).voice)
    return hits / runs


def quotes_that_stand(runs: int) -> tuple[int, int]:
    good = bad = 0
    for seed in range(runs):
        past, said = talk(60, turns=8, seed=seed)
        sources = {u.source: u.text for u in said}
        for voice in heard(past, said).voice:
            for quote in voice.quotes:
                stands = quote.text in sources[quote.source.split("(")[1].rstrip(")")]
                good, bad = good + stands, bad + (not stands)
    return good, bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    print("| no phrase is the best customers' own | Idealfit | plain counts, chi squared |\n|---|---|---|")
    for best_talk, words in ((1.0, "all talk as much"), (3.0, "best customers talk three times as much")):
        ours, theirs = nothing_planted(runs, best_talk)
        print(f"| {words}: runs with any supported (promise: at most 5 %) | {ours:.0%} | {theirs:.0%} |")
    print("\n| said by 55 % of the best and 12 % of the rest | found |\n|---|---|")
    for companies in (60, 100, 200):
        print(f"| {companies} companies | {found(max(runs // 2, 1), companies):.0%} |")
    good, bad = quotes_that_stand(max(runs // 5, 1))
    print(f"\nquotes that stand in their source to the letter: {good:,} of {good + bad:,}")
    past, said = talk(1250, turns=20, seed=1)
    said = said[:50_000]
    start = time.perf_counter()
    heard(past, said)
    took = time.perf_counter() - start
    words = int(np.sum([len(u.text.split()) for u in said]))
    print(f"{len(said):,} utterances ({words:,} words): {took:.0f} s (promise: under {LIMIT:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
