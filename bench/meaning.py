"""Finding companies by meaning on the start-up directory: every stage on its own, against BM25 and the plain encoder.

Queries stand in `meaning_queries.txt`, in two halves by a hash of their words; stages were chosen on them, so both
flatter. ``--queries FILE`` asks those of another file in the same layout, all of which count as held out, and draws other
examples for the look-alikes; `meaning_unseen.txt` was such a file, and has been chosen on since. Relevance is told by the companies' own tags, which are never
indexed. Differences carry a paired bootstrap over queries. Vectors are worked out once and kept
(``~/.cache/idealfit/vectors``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from idealfit.match.encoder import open_encoder
from idealfit.match.models import models_here
from idealfit.match.ranking import Corpus, ranked
from idealfit.match.similar import alike
from idealfit.match.spaces import space_of
from idealfit.match.texts import told
from idealfit.match.vectors import default_folder
from idealfit.match.word_ranking import word_index
from idealfit.pipeline.matching import match

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("IDEALFIT_DATA", HERE.parents[1] / "shared" / "data")) / "yc"
COMPANIES = DATA / "companies_2023-12.jsonl"
DRAWS = 10_000
KINDS = ("short", "plain", "narrative")
EXAMPLES = 10


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    relevant: np.ndarray
    held_out: bool


def queries(rows: list[dict], path: Path | None = None) -> list[Query]:
    """Return the queries with their relevant companies; those of a file of one's own all count as held out."""
    found = []
    for line in (path or HERE / "meaning_queries.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, tags, text = (part.strip() for part in line.split("|", 2))
            groups = [[tag.strip() for tag in group.split(";")] for group in tags.split("&&")]
            relevant = np.array([all(_in(row, group) for group in groups) for row in rows])
            held_out = path is not None or int(hashlib.sha256(text.encode()).hexdigest(), 16) % 2 == 1
            found.append(Query(kind, text, relevant, held_out))
    return found


def _in(row: dict, group: list[str]) -> bool:
    name, _, said = group[0].partition(":")
    if name == "region":
        return bool({said, *group[1:]} & set(row["regions"]))
    if name == "size":
        low, high = map(int, said.split("-"))
        return row["team_size"] is not None and low <= row["team_size"] <= high
    if name == "hiring":
        return bool(row["isHiring"])
    return bool(set(group) & {*row["tags"], "@" + row["subindustry"].split("-> ")[-1]})


def ndcg(rows: np.ndarray, relevant: np.ndarray, k: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first `k` rows."""
    rows = np.asarray(rows, dtype=np.int64)
    gains = relevant[rows[:k]] / np.log2(np.arange(2, len(rows[:k]) + 2))
    best = 1 / np.log2(np.arange(2, min(k, int(relevant.sum())) + 2))
    return float(gains.sum() / best.sum()) if len(best) else 0.0


def difference(ours: np.ndarray, theirs: np.ndarray) -> str:
    """Return the mean difference over queries, with its paired bootstrap interval."""
    gap = ours - theirs
    draws = gap[np.random.default_rng(0).integers(0, len(gap), (DRAWS, len(gap)))].mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{gap.mean():+.3f} ({low:+.3f} to {high:+.3f})"


def corpus_of(rows: list[dict], names: list[str]) -> tuple[Corpus, list]:
    """Return the directory's texts by words and in the space of each encoder, and the encoders."""
    texts = [told([row["long_description"], row["one_liner"]]) for row in rows]
    encoders = [open_encoder(name) for name in names]
    spaces = []
    for encoder in encoders:
        kept = Path(os.environ.get("IDEALFIT_VECTORS", default_folder()))
        whole, heads = [one.text for one in texts], [one.headline for one in texts]
        spaces.append(space_of(whole, heads, encoder, folder=kept, progress=lambda *_: None)[0])
    has = np.array([bool(one.text) for one in texts])
    return Corpus(word_index([one.text for one in texts]), tuple(spaces), has), encoders


def print_stages(asked: list[Query], corpus: Corpus, encoders: list) -> None:
    """Print nDCG@10 of each stage, on the queries that were tuned on and on those that were held out."""
    vectors = [[v.astype(np.float32) for v in e.query_vectors([q.text for q in asked])] for e in encoders]
    plain = ("feedback", "neighbours")
    ways = {"BM25": ("words", {"without": ("meaning", *plain)})}
    for number, encoder in enumerate(encoders):
        ways[encoder.name] = (number, {"without": ("words", *plain)})
    ways |= {
        "words + meaning": (None, {"without": plain}),
        "+ feedback": (None, {"without": ("neighbours",)}),
        "+ neighbours": (None, {"without": ("feedback",)}),
        "all, without words": (None, {"without": ("words",)}),
        "all, without meaning": (None, {"without": ("meaning",)}),
        "ALL STAGES": (None, {}),
    }
    results = {}
    for name, (which, options) in ways.items():
        chosen = range(len(encoders)) if which is None or which == "words" else [which]
        part = Corpus(corpus.words, tuple(corpus.spaces[n] for n in chosen), corpus.has_text)
        scores = []
        for number, query in enumerate(asked):
            mine = [vectors[n][number] for n in chosen]
            scores.append(ndcg(ranked(query.text, mine, part, **options).rows, query.relevant))
        results[name] = np.array(scores)
    asked_for = {(q.kind, q.held_out) for q in asked}
    cells = [(kind, held) for kind in KINDS for held in (False, True) if (kind, held) in asked_for]
    heads = [f"{kind} {'held out' if held else 'tuned'}" for kind, held in cells]
    masks = [np.array([q.kind == kind and q.held_out == held for q in asked]) for kind, held in cells]
    print(f"{'nDCG@10':<24}" + "".join(f"{head:>20}" for head in heads))
    print(f"{'queries':<24}" + "".join(f"{mask.sum():>20}" for mask in masks))
    for name, scores in results.items():
        print(f"{name:<24}" + "".join(f"{scores[mask].mean():>20.3f}" for mask in masks))
    print("\nAll stages less ..., held-out queries, with a paired bootstrap over queries (95 %)")
    for kind in (kind for kind, held in cells if held):
        mask = np.array([q.kind == kind and q.held_out for q in asked])
        for other in ("BM25", *(e.name for e in encoders)):
            print(f"  {kind:<10} {other:<20} {difference(results['ALL STAGES'][mask], results[other][mask])}")


def print_look_alikes(rows: list[dict], asked: list[Query], corpus: Corpus, *, draw: str = "") -> None:
    """Print nDCG@10 of look-alikes from ten companies, against the centroid and shared words.

    Relevant are the companies with the same tag, any tag, catch-alls too; of the same sub-industry of the directory; or
    those that the same short query asks for, which may carry one of several tags.
    """
    for what, of in (("tag", lambda row: set(row["tags"])), ("sub-industry", lambda row: {row["subindustry"]})):
        _print_look_alikes_of(what, [of(row) for row in rows], corpus, draw=draw)
    wanted = [query for query in asked if query.kind == "short"]
    by_query = [{query.text for query in wanted if query.relevant[number]} for number in range(len(rows))]
    _print_look_alikes_of("short query", by_query, corpus, draw=draw)


def _print_look_alikes_of(what: str, groups: list[set[str]], corpus: Corpus, *, draw: str) -> None:
    tags = sorted(set().union(*groups))
    wanted = {tag: np.array([tag in of for of in groups]) & corpus.has_text for tag in tags}
    wanted = {tag: mask for tag, mask in wanted.items() if 2 * EXAMPLES <= mask.sum() <= 200}
    none = np.array([], dtype=np.int64)
    found = {"tuned": [], "held out": []}
    for tag, mask in wanted.items():
        members = np.flatnonzero(mask)
        random = np.random.default_rng(int(hashlib.sha256((tag + draw).encode()).hexdigest()[:8], 16))
        like = np.sort(random.choice(members, EXAMPLES, replace=False))
        rest = mask.copy()
        rest[like] = False
        centroid = np.mean([space @ space[like].mean(axis=0) for space in corpus.spaces], axis=0)
        centroid[like] = -9
        words = ("meaning", "neighbours")
        half = "held out" if int(hashlib.sha256(tag.encode()).hexdigest(), 16) % 2 else "tuned"
        found[half].append(
            [
                ndcg(np.argsort(-centroid, kind="stable"), rest),
                ndcg(alike(like, none, corpus, without=words).rows, rest),
                ndcg(alike(like, none, corpus, without=("neighbours",)).rows, rest),
                ndcg(alike(like, none, corpus).rows, rest),
            ]
        )
    print(f"\nLook-alikes from 10 companies of one {what}, nDCG@10 on the others")
    for half, scores in found.items():
        table = np.array(scores)
        names = ("centroid", "shared words", "regression + words", "ALL")
        print(
            f"  {half:<9} {len(table)} groups  "
            + "  ".join(f"{n} {v:.3f}" for n, v in zip(names, table.mean(0), strict=True))
        )
        for number in (0, 1):
            print(f"            all less {names[number]}: {difference(table[:, 3], table[:, number])}")


def print_facts(rows: list[dict], asked: list[Query], names: list[str]) -> None:
    """Print what reading facts is worth on the narratives that state some, through `match` itself."""
    table = pd.DataFrame(
        {
            "id": [str(number) for number in range(len(rows))],
            "text": [row["long_description"] for row in rows],
            "line": [row["one_liner"] for row in rows],
            "team_size": [row["team_size"] for row in rows],
            "regions": ["; ".join(row["regions"]) for row in rows],
            "hiring": [row["isHiring"] for row in rows],
        }
    )
    with_facts = [query for query in asked if query.kind == "facts"]
    print("\nNarratives that state facts, nDCG@10")
    for use in ("off", "filter"):
        lists = match(table, queries=[q.text for q in with_facts], id="id", text=["text", "line"], facts=use, top=10,
                      models=names, vectors=Path(os.environ.get("IDEALFIT_VECTORS", default_folder())))  # fmt: skip
        scores = [
            ndcg(np.array([int(m.id) for m in one.matches]), q.relevant)
            for one, q in zip(lists, with_facts, strict=True)
        ]
        print(f"  facts {use:<7} {np.mean(scores):.3f}  ({len(scores)} narratives)")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", nargs="*", help="encoders; all that were added, if not given")
    parser.add_argument("--only", choices=["stages", "look-alikes", "facts"])
    parser.add_argument("--queries", type=Path, help="other queries than those that were chosen on")
    given = parser.parse_args()
    if not COMPANIES.exists():
        print(f"the directory is not here ({COMPANIES.name}); set IDEALFIT_DATA")
        return 0
    names = given.model or [model.name for model in models_here() if model.kind == "encoder"]
    if not names:
        print("no model is here: idealfit models add all-minilm-l6-v2")
        return 0
    rows = [json.loads(line) for line in COMPANIES.read_text(encoding="utf-8").split("\n") if line]
    asked = queries(rows, given.queries)
    started = time.perf_counter()
    corpus, encoders = corpus_of(rows, names)
    print(
        f"{len(rows):,} companies, {' and '.join(names)}; vectors read or made in {time.perf_counter() - started:.0f} s\n"
    )
    if given.only in (None, "stages"):
        print_stages([q for q in asked if q.kind in KINDS], corpus, encoders)
    if given.only in (None, "look-alikes"):
        print_look_alikes(rows, asked, corpus, draw="another" if given.queries else "")
    if given.only in (None, "facts"):
        print_facts(rows, asked, names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
