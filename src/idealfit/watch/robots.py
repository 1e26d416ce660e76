"""robots.txt, as RFC 9309 reads it: no file is a yes, a server that fails is a no, and an answer is good for a day."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from idealfit.watch.states import State

AGENT = "idealfit"
"""The name that robots.txt files may address."""

KEPT_SECONDS = 86_400.0
MOST_BYTES = 512_000
MOST_HOSTS = 2_000
LONGEST_DELAY = 60.0
"""A Crawl-delay over a minute is taken for a minute: a host visited once a day is not hurt by it."""


@dataclass(frozen=True)
class RobotsAnswer:
    """What came of asking a host for its rules: the text, or why there is none.

    `failed` names what went wrong (a state of a fetch) where nothing can be known; then nothing is allowed.
    """

    text: str = ""
    failed: State | None = None
    note: str = ""


@dataclass(frozen=True)
class _Kept:
    rules: Protego
    until: float


class Robots:
    """The rules of each host that was asked, kept for a day."""

    def __init__(self, ask: Callable[[str], RobotsAnswer], monotonic: Callable[[], float]) -> None:
        self._ask = ask
        self._monotonic = monotonic
        self._kept: dict[str, _Kept] = {}
        self._locks = [threading.Lock() for _ in range(64)]

    def refusal(self, origin: str, url: str) -> RobotsAnswer | None:
        """Return why `url`, which lies on `origin` (scheme, host and port), may not be fetched; None if it may.

        ``failed`` is None where the host said no, and says what happened where the host could not be asked.
        """
        rules = self._rules(origin)
        if isinstance(rules, RobotsAnswer):
            return rules
        return None if rules.can_fetch(url, AGENT) else RobotsAnswer(note="robots.txt does not allow it")

    def delay(self, origin: str) -> float:
        """Return the seconds between two requests that a host asked for; 0 if it did not say."""
        kept = self._kept.get(origin)
        asked = kept.rules.crawl_delay(AGENT) if kept else None
        return min(float(asked), LONGEST_DELAY) if asked else 0.0

    def _rules(self, origin: str) -> Protego | RobotsAnswer:
        with self._locks[hash(origin) % len(self._locks)]:  # one question per host, however many threads want to know
            kept = self._kept.get(origin)
            if kept is None or kept.until < self._monotonic():
                answer = self._ask(f"{origin}/robots.txt")
                if answer.failed:
                    return answer  # not kept: it may be different at the next try
                kept = _Kept(Protego.parse(answer.text[:MOST_BYTES]), self._monotonic() + KEPT_SECONDS)
                if len(self._kept) >= MOST_HOSTS:
                    self._kept.pop(next(iter(self._kept)), None)  # the one asked longest ago
                self._kept[origin] = kept
            return kept.rules
