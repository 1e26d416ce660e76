"""How fast companies are found by meaning: embedding, exact search, indexed search, beside the memory bound.

    python bench/meaning_speed.py [--only embedding|exact|indexed] [--companies 5000000]

* *embedding*: texts a second with our encoder, and with the plain loop over onnxruntime on the same model and texts: as
  they come, sixteen at a time, padded to the longest.
* *exact*: one million vectors of 384 numbers, all read for each query, beside one reading of the same memory (their sum).
* *indexed*: vectors in clusters, made in parts; a filter that leaves a tenth; recall@10 against all that the filter leaves.

Vectors are invented: thousands of centres, companies around them. Each time is the median of several.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from idealfit.match.encoder import OnnxEncoder, session, tokenizer
from idealfit.match.index import TO_EACH_CENTRE, filter_of, lists_for, nearest, trained
from idealfit.match.models import models_here
from idealfit.match.ranking import scan
from meaning import COMPANIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZE = 384
CENTRES = 20_000
SPREAD = 0.6  # of a company around its centre, as a share of the centre's length
PART = 100_000
TEXTS = 192
AT_ONCE = 16
QUERIES = 100
KEPT_BY_FILTER = 0.1


def median(work: Callable[[], object], times: int) -> float:
    """Return the median seconds of some runs, after one that is not counted."""
    work()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return float(np.median(found))


def parts(count: int, seed: int = 0) -> Iterator[np.ndarray]:
    """Yield invented vectors of length one, in parts."""
    draw = np.random.default_rng(seed)
    centres = draw.standard_normal((CENTRES, SIZE), dtype=np.float32)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    for start in range(0, count, PART):
        some = min(PART, count - start)
        noise = draw.standard_normal((some, SIZE), dtype=np.float32)
        noise *= SPREAD / np.sqrt(SIZE)
        noise += centres[draw.integers(0, CENTRES, some)]
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        yield noise


def embedding() -> None:
    """Print texts a second, ours and the plain loop's."""
    model = next(model for model in models_here() if model.kind == "encoder")
    rows = [json.loads(line) for line in COMPANIES.read_text(encoding="utf-8").split("\n") if line]
    texts = [row["long_description"] for row in rows if row["long_description"]][:TEXTS]
    ours, run, words = OnnxEncoder(model), session(model), tokenizer(model)
    words.enable_truncation(model.longest)
    words.enable_padding()

    def plain() -> None:
        for start in range(0, len(texts), AT_ONCE):
            found = words.encode_batch(texts[start : start + AT_ONCE])
            ids = np.array([one.ids for one in found], dtype=np.int64)
            mask = np.array([one.attention_mask for one in found], dtype=np.int64)
            given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            states = run.run(None, {wanted.name: given[wanted.name] for wanted in run.get_inputs()})[0]
            pooled = (states * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
            pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    ways = {"ours": lambda: ours.vectors(texts), "plain loop": plain}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(3):  # in turn, so that what else runs meets both
        for name, work in ways.items():
            started = time.perf_counter()
            work()
            seconds[name].append(time.perf_counter() - started)
    a_second = {name: TEXTS / min(times) for name, times in seconds.items()}
    print(f"embedding, {TEXTS} texts, {model.name}")
    for name, rate in a_second.items():
        print(f"  {name:<12}{rate:8.1f} texts a second (best of 3)")
    print(f"  ours over the plain loop: {a_second['ours'] / a_second['plain loop']:.2f}")


def exact(count: int = 1_000_000) -> None:
    """Print the time of a scan of all vectors beside that of reading them once."""
    space = np.empty((count, SIZE), dtype=np.float32)
    at = 0
    for part in parts(count):
        space[at : at + len(part)] = part
        at += len(part)
    query = np.ascontiguousarray(space[17])
    read = median(lambda: space.sum(), 7)
    asked = median(lambda: scan(space, query), 7)
    best = median(lambda: np.argpartition(-scan(space, query), 10)[:10], 7)
    gigabytes = space.nbytes / 1e9
    print(f"exact search, {count:,} vectors of {SIZE} (f32, {gigabytes:.2f} GB)")
    print(f"  reading them once    {1000 * read:7.1f} ms ({gigabytes / read:.1f} GB/s)")
    print(f"  all cosines          {1000 * asked:7.1f} ms ({asked / read:.2f} times)")
    print(f"  and the best ten     {1000 * best:7.1f} ms ({best / read:.2f} times), recall 1")


def indexed(count: int) -> None:
    """Print recall and time of filtered search in the index, and the memory that it takes."""
    allowed = np.random.default_rng(5).random(count) < KEPT_BY_FILTER
    draw = np.random.default_rng(9)
    queries = []
    for part in parts(PART):
        queries = part[:QUERIES] + draw.standard_normal((QUERIES, SIZE), dtype=np.float32) * SPREAD / np.sqrt(SIZE) / 2
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    best = np.full((QUERIES, 10), -2.0, dtype=np.float32)
    rows = np.zeros((QUERIES, 10), dtype=np.int64)

    def watched() -> Iterator[np.ndarray]:
        start = 0
        for part in parts(count):
            few = np.flatnonzero(allowed[start : start + len(part)])
            near = queries @ part[few].T
            together = np.concatenate((best, near), axis=1)
            ids = np.concatenate((rows, np.broadcast_to(few + start, near.shape)), axis=1)
            top = np.argsort(-together, axis=1, kind="stable")[:, :10]
            best[:], rows[:] = np.take_along_axis(together, top, 1), np.take_along_axis(ids, top, 1)
            start += len(part)
            yield part

    started = time.perf_counter()
    lists, waiting, index = lists_for(count), [], None
    for part in watched():
        if index is not None:
            index.add(part)
            continue
        waiting.append(part)
        if sum(map(len, waiting)) >= min(count, lists * TO_EACH_CENTRE):
            sample = np.concatenate(waiting)
            index = trained(sample, lists)
            index.add(sample)
            del sample
            waiting.clear()
    print(f"indexed, {count:,} vectors, a filter that keeps {allowed.mean():.0%}; built in "
          f"{time.perf_counter() - started:.0f} s (making the vectors and the truth included)")  # fmt: skip
    print(f"  memory of the whole process, at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")
    kept = filter_of(allowed)
    for looked_into in (8, 16, 32, 64, 128):
        found, seconds = [], []
        for query in queries:
            began = time.perf_counter()
            found.append(nearest(index, query, 10, allowed=kept, looked_into=looked_into))
            seconds.append(time.perf_counter() - began)
        recall = np.mean([len(set(map(int, a)) & set(map(int, b))) / 10 for a, b in zip(found, rows, strict=True)])
        ms = 1000 * np.array(seconds)
        print(f"  {looked_into:>4} lists  recall@10 {recall:.3f}   median {np.median(ms):.2f} ms   "
              f"p95 {np.percentile(ms, 95):.2f} ms")  # fmt: skip


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["embedding", "exact", "indexed"])
    parser.add_argument("--companies", type=int, default=5_000_000)
    given = parser.parse_args()
    if given.only in (None, "embedding"):
        if COMPANIES.exists() and models_here():
            embedding()
        else:
            print(f"embedding: no model is here, or not the directory ({Path(COMPANIES).name})")
    if given.only in (None, "exact"):
        exact()
    if given.only in (None, "indexed"):
        indexed(given.companies)
    return 0


if __name__ == "__main__":
    sys.exit(main())
