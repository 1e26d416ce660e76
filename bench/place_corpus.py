"""Places counted on the annotated pages of scrapinghub/webstruct (MIT; the pages are their companies'), in three parts.

"Looked at" was read page by page while rules were written, "looked at later" after the others had been counted once;
"held out" is only to be counted. Which page is in which is told by the hash of its folder and name, so that nobody chose
it.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

from idealfit import pipeline
from idealfit.watch.decoding import text_of
from idealfit.watch.locations import locations
from idealfit.watch.page_text import read_page

FOLDERS = ("business_pages", "us_contact_pages", "random_pages")
PARTS = ("looked at", "looked at later", "held out")


def marked_postcodes(text: str) -> set[str]:
    """Return the distinct postcodes that people marked on a page; parts of one are left out."""
    by_id: dict[str, str] = {}
    for span in re.finditer(r'<span ([^>]*wa-type="ZIPCODE"[^>]*)>(.*?)</span>', text, re.DOTALL):
        number = re.search(r'wa-id="(\d+)"', span[1])
        if number:
            by_id[number[1]] = by_id.get(number[1], "") + re.sub(r"<[^>]+>", "", span[2])
    codes = {re.sub(r"[^a-z0-9]", "", unescape(code).lower()) for code in by_id.values()}
    return {code for code in codes if len(code) > 3}


def part_of(folder: str, name: str) -> str:
    """Return in which part a page is: half of all were looked at first, half of the rest later.

    >>> [part_of("business_pages", name) for name in ("10.html", "1.html", "103.html")]
    ['looked at', 'looked at later', 'held out']
    """
    first, second, *_ = hashlib.sha256((folder + name).encode()).digest()
    return PARTS[0 if first % 2 else 1 if second % 2 else 2]


def pages(corpus: Path, folder: str, part: str, without: set[str]) -> Iterator[tuple[Path, int]]:
    """Yield the pages of a part of a folder, each with the number of postcodes that are marked on it."""
    for page in sorted((corpus / folder / "source").glob("*.html")):
        marks = corpus / folder / "wa" / page.name
        shared = folder == "business_pages" and page.name in without  # counted with the shared data
        if marks.exists() and not shared and part_of(folder, page.name) == part:
            yield page, len(marked_postcodes(marks.read_text(errors="replace")))


def counted(corpus: Path, parts: tuple[str, ...], without: set[str]) -> None:
    """Print exact counts, precision and recall of "more than N", and the wrong denials of `verify`, by part."""
    for part in parts:
        every: list[tuple[int, int, int, int]] = []
        for folder in FOLDERS:
            told = [_count(page, truth) for page, truth in pages(corpus, folder, part, without)]
            every += told
            _tell(f"{folder}, {part}", told)
        _tell(f"together, {part}", every)


def _count(page: Path, truth: int) -> tuple[int, int, int, int]:
    """Return the truth, the count by postcode, the count of `verify`, and how often it says a wrong no."""
    found = locations(read_page(text_of(page.read_bytes()))).count
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "locations.html").write_bytes(page.read_bytes())
        most = max(min(truth, 10), 1)  # a no to more is none that is wrong
        answers = [pipeline.verify(f"lists more than {n} locations", folder, as_of=date(2026, 3, 1)) for n in range(most)]
    denied = sum(answer.answer == "no" and truth > n for n, answer in enumerate(answers))
    return truth, found, answers[0].count or 0, denied


def _tell(label: str, told: list[tuple[int, int, int, int]]) -> None:
    if not told:
        print(f"locations, corpus, {label}: NO PAGES, not measured")
        return
    exact = sum(truth == found for truth, found, _, _ in told)
    right = sum(min(truth, found, 10) for truth, found, _, _ in told)  # of N = 0..9
    said, true = sum(min(found, 10) for _, found, _, _ in told), sum(min(truth, 10) for truth, _, _, _ in told)
    by_verify = sum(truth == asked for truth, _, asked, _ in told)
    print(f"locations, corpus, {label}: exact {exact / len(told):.3f}, more than N: precision {right / max(said, 1):.3f}, "
          f"recall {right / max(true, 1):.3f}; verify: exact {by_verify / len(told):.3f}, wrongly denied {sum(one[3] for one in told)} "
          f"({len(told)} pages, N = 0..9)", flush=True)  # fmt: skip
