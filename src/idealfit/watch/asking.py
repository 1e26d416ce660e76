"""A free question put to a model of the user's: a program that reads JSON and answers JSON, held to its quotes.

The program is asked several times. Only an answer that it gives every time counts, and a yes only with a quote that
occurs in a page that was read. The pages go in as data; what they say changes nothing here.
"""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.watch.verdicts import Answer, Quote

if TYPE_CHECKING:
    from idealfit.watch.sites import SiteRead

SECONDS = 120
MOST_CHARACTERS = 60_000
"""Of each page, so much is shown."""


def model(command: str, repeats: int = 3) -> Callable[[str, SiteRead], Answer]:
    """Return what answers free questions by running `command`, which gets and gives one JSON object.

    In: ``{"question", "pages": [{"url", "text"}]}``. Out: ``{"answer": "yes" | "no" | "unknown", "quote", "url"}``.
    """
    words = shlex.split(command)
    if not words:
        raise InputError(Mistake("this is not a command", "--ask", command))

    def ask(question: str, site: SiteRead) -> Answer:
        pages = [{"url": kept.page.url, "text": kept.page.text[:MOST_CHARACTERS]} for kept in site.readable()]
        told = json.dumps({"question": question, "pages": pages}, ensure_ascii=False)
        answers = [_once(words, told) for _ in range(repeats)]
        verdicts = [answer.get("answer") for answer in answers]
        if len(set(verdicts)) != 1 or verdicts[0] not in ("yes", "no", "unknown"):
            same = max(verdicts.count(verdict) for verdict in verdicts)
            return Answer(question, "", "unknown", f"the model agreed with itself in {same} of {repeats} times")
        quotes = tuple(
            dict.fromkeys(
                Quote(quote, kept.page.url, kept.seen_at, kept.sha256)
                for answer in answers
                for kept in site.readable()
                if (quote := str(answer.get("quote") or "")) and kept.page.holds(quote)
            )
        )
        verdict = verdicts[0]
        if verdict == "no" and (site.missed or not quotes):
            return Answer(question, "", "unknown", "the model says no, but cannot quote what speaks against it", quotes)
        return Answer(question, "", verdict, f"the model said so {repeats} times out of {repeats}", quotes)

    return ask


def _once(words: list[str], told: str) -> dict[str, Any]:
    try:
        done = subprocess.run(words, input=told, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603  the user's own
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InputError(Mistake(f"the model's program did not answer: {error}", "--ask", words[0])) from None
    try:
        held = json.loads(done.stdout)
    except ValueError:
        held = None
    if done.returncode or not isinstance(held, dict):
        raise InputError(
            Mistake("the model's program gave no JSON object", "--ask", (done.stderr or done.stdout)[:200],
                    '{"answer": "yes", "quote": "...", "url": "..."}')
        )  # fmt: skip
    return held
