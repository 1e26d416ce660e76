"""`idealfit match` on a table of millions of companies: time by the clock, CPU and memory of the whole process, by stage.

    python bench/match_millions.py --companies 1000000 --folder FOLDER [--queries 20] [--new 1000]

The table is invented (15 to 60 words a text, of two hundred topics) and written once into the folder as Parquet. To embed
a million texts takes this machine ten hours, so the folder of vectors is filled, through the program's own functions, with
invented vectors for exactly these texts: each near the centre of its topic. All else is what the command does, in a
process of its own: the first run makes the index, the second finds it, the third meets some companies that are new and
embeds them, the last asks many texts at once.

Memory is the resident set at its highest, and of that what is the process's own (the rest are pages of files, which the
system takes back when it needs them).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from idealfit.match.models import find
from idealfit.match.texts import told
from idealfit.match.vectors import distinct, files_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PART = 50_000
TOPICS, WORDS_OF_TOPIC, COMMON_WORDS = 200, 200, 20_000
SIZE, SPREAD = 384, 1.5
SMALL = "the and for of in to with that who a we our at by their on from is".split()
COUNTRIES = ("Mexico", "Germany", "Japan", "Kenya", "Canada", "Brazil", "India", "Norway", "Spain", "Peru")
QUERY = "Between 40 and 250 people in Mexico. Teams that {0} and {1} the {2}, whose {3} outgrew their {4}."


def vocabulary() -> tuple[np.ndarray, np.ndarray]:
    """Return invented words: a row for each topic, and those that all share."""
    draw = np.random.default_rng(1)
    syllables = [c + v for c in "b d f g k l m n p r s t v z br tr st pl".split() for v in "a e i o u".split()]
    made: dict[str, None] = {}
    while len(made) < TOPICS * WORDS_OF_TOPIC + COMMON_WORDS:
        made.setdefault("".join(draw.choice(syllables, int(draw.integers(2, 5)))))
    words = np.array(list(made), dtype=object)
    return words[COMMON_WORDS:].reshape(TOPICS, WORDS_OF_TOPIC), words[:COMMON_WORDS]


def parts(count: int, start: int = 0) -> Iterator[tuple[pa.Table, np.ndarray]]:
    """Yield the companies from `start` on, in parts, with the topic of each."""
    of_topic, common = vocabulary()
    rare = 1 / np.arange(1, COMMON_WORDS + 1)
    rare /= rare.sum()
    for at in range(start, start + count, PART):
        size = min(PART, start + count - at)
        draw = np.random.default_rng(at)
        topic = draw.integers(0, TOPICS, size)
        lengths = draw.integers(15, 61, size)
        owner = np.repeat(np.arange(size), lengths)
        kind = draw.random(len(owner))
        rank = (WORDS_OF_TOPIC * draw.random(len(owner)) ** 2).astype(np.int64)
        words = of_topic[topic[owner], rank]
        words[kind < 0.6] = draw.choice(common, int((kind < 0.6).sum()), p=rare)
        words[kind < 0.3] = draw.choice(np.array(SMALL, dtype=object), int((kind < 0.3).sum()))
        ends = np.cumsum(lengths)
        texts = []
        for begin, end in zip(ends - lengths, ends, strict=True):
            head = min(end - begin, 9)
            texts.append(f"{' '.join(words[begin : begin + head])}. {' '.join(words[begin + head : end])}.")
        yield pa.table({
            "id": [f"c{number}" for number in range(at, at + size)],
            "description": texts,
            "employees": draw.integers(1, 1000, size),
            "country": np.array(COUNTRIES, dtype=object)[draw.integers(0, len(COUNTRIES), size)],
        }), topic  # fmt: skip


def made(folder: Path, count: int, model: str) -> Path:
    """Return the table, written with its vectors where it is not there yet."""
    path = folder / f"companies-{count}.parquet"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    draw = np.random.default_rng(2)
    centres = draw.standard_normal((TOPICS, SIZE), dtype=np.float32)
    noise = SPREAD * draw.standard_normal((PART, SIZE), dtype=np.float32)
    files = files_of(folder / "vectors", find(model))
    aside, writer = path.with_suffix(".new"), None
    for table, topic in parts(count):
        writer = writer or pq.ParquetWriter(aside, table.schema)
        writer.write_table(table)
        own = [told([text]) for text in table["description"].to_pylist()]
        for texts in ([one.text for one in own], [one.headline for one in own]):
            # The same noise, in another order and turned another way, is as good as new noise, and much quicker.
            turned = draw.choice(np.array([-1, 1], dtype=np.float32), SIZE)
            vectors = centres[topic] + noise[draw.permutation(PART)[: len(own)]] * turned
            vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
            files.add(*distinct(texts, vectors.astype(np.float16)))
    writer.close()
    aside.rename(path)
    return path


def grown(folder: Path, path: Path, count: int, new: int) -> Path:
    """Return the table with some companies more, of which no vector is known."""
    larger = folder / f"companies-{count}-and-{new}.parquet"
    if not larger.exists():
        with pq.ParquetFile(path) as source, pq.ParquetWriter(larger, source.schema_arrow) as writer:
            for batch in source.iter_batches(PART):
                writer.write_batch(batch)
            for table, _ in parts(new, start=10 * count):
                writer.write_table(table.cast(source.schema_arrow))
    return larger


def asked(count: int) -> list[str]:
    """Return texts that are asked for, each of one topic."""
    of_topic, _ = vocabulary()
    return [QUERY.format(*of_topic[7 * number % TOPICS][:5]) for number in range(count)]


def run(path: Path, options: dict) -> None:
    """Match once in this process and print what each stage took."""
    from idealfit.pipeline.matching import match_to_file

    stages: list[list] = []
    own = [0.0]
    began = time.perf_counter()

    def watch() -> None:
        while True:
            own[0] = max(own[0], _resident("RssAnon"))
            time.sleep(0.02)

    def tell(words: str, _share: float) -> None:
        name = " ".join(word for word in words.split() if not any(letter.isdigit() for letter in word))
        if not stages or stages[-1][0] != name:
            stages.append([name, time.perf_counter(), time.process_time(), 0.0])
        stages[-1][3] = max(stages[-1][3], _resident("VmRSS"))

    if Path("/proc/self/status").exists():
        threading.Thread(target=watch, daemon=True).start()
    found = match_to_file(path, options.pop("out"), progress=tell, **options)
    stages.append(["", time.perf_counter(), time.process_time(), _resident("VmRSS")])
    first = found[0]
    print(f"  {len(found)} lists of {first.companies:,} companies, {len(first.matches)} in the first, best "
          f"{first.matches[0].id}; {first.embedded} texts embedded, {len(first.new)} new in the first list")  # fmt: skip
    for (name, at, cpu, _), (_, until, cpu_until, held) in pairwise(stages):
        print(f"    {name:<36}{until - at:8.1f} s {cpu_until - cpu:8.1f} s CPU   then {held:5.2f} GB resident")
    print(
        f"  in all {time.perf_counter() - began:.1f} s; at most {_highest():.2f} GB resident, {own[0]:.2f} GB its own"
    )


def _resident(what: str) -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next((line for line in status.read_text().splitlines() if line.startswith(what)), "0 0")
    return int(line.split()[1]) / 1e6


def _highest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e9 if sys.platform == "darwin" else 1e6)


def main() -> int:
    """Print the runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True, help="for table, vectors and lists (2 GB for a million)")
    parser.add_argument("--model", default="all-minilm-l6-v2")
    parser.add_argument("--queries", type=int, default=20)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--only", type=int, nargs="*", help="numbers of the runs, from 1; all if not given")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        asked_for = json.loads(given.run)
        run(Path(asked_for.pop("path")), {key: Path(v) if key == "vectors" else v for key, v in asked_for.items()})
        return 0
    path = made(given.folder, given.companies, given.model)
    texts = asked(given.queries)
    first = {"query": texts[0], "top": 100, "id": "id", "text": ["description"], "models": [given.model],
             "vectors": str(given.folder / "vectors")}  # fmt: skip
    many = {key: value for key, value in first.items() if key != "query"} | {"queries": texts}
    like = {key: value for key, value in first.items() if key != "query"} | {"like": ["c1", "c2", "c3"]}
    later = first | {"since": str(given.folder / "list.csv")}
    runs = (
        ("first run", path, first),
        ("second run", path, first),
        (f"{given.new:,} companies more", grown(given.folder, path, given.companies, given.new), later),
        (f"{given.queries} texts at once", path, many),
        ("look-alikes of three", path, like),
    )
    for number, (name, table, options) in enumerate(runs, start=1):
        if given.only and number not in given.only:
            continue
        print(f"{name}, {given.companies:,} companies", flush=True)
        out = given.folder / ("new-list.csv" if "since" in options else "list.csv" if "query" in options else "m.csv")
        command = [sys.executable, __file__, "--folder", str(given.folder), "--run"]
        ended = subprocess.run(
            [*command, json.dumps({"out": str(out), "path": str(table), **options})], check=False, env=os.environ
        )
        if ended.returncode:
            print(f"  ended with {ended.returncode}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
