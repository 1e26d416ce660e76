"""How often one host is asked: a gap between requests, how many at once, and silence when it asked for silence."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_HOSTS = 10_000


@dataclass(frozen=True)
class Pace:
    """At least `gap` seconds between the starts of two requests to a host, and at most `at_once` under way."""

    gap: float = 1.0
    at_once: int = 1


PACES: Mapping[str, Pace] = {
    "www.sec.gov": Pace(0.12, 2),  # at most 10 a second, whatever the number of machines
    "data.sec.gov": Pace(0.12, 2),
    "efts.sec.gov": Pace(0.12, 2),
    "api.lever.co": Pace(1.0, 1),  # its robots.txt asks for a second
    "apply.workable.com": Pace(1.0, 2),  # answers 429 early
    "boards-api.greenhouse.io": Pace(0.2, 4),
    "api.ashbyhq.com": Pace(0.2, 4),
    "api.smartrecruiters.com": Pace(0.2, 4),
}
"""The pace of hosts that serve many companies; any other host is asked once a second."""


@dataclass
class _Host:
    slots: threading.Semaphore
    next_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Turns:
    """Hands out turns to ask a host, in keeping with its pace; threads wait for theirs."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        sleep: Callable[[float], None],
        paces: Mapping[str, Pace] = PACES,
        otherwise: Pace | None = None,
    ) -> None:
        self._monotonic = monotonic
        self._sleep = sleep
        self._paces = paces
        self._otherwise = otherwise or Pace()
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay: float = 0.0) -> Iterator[None]:
        """Wait for a turn at `host` and hold it; `delay` is the gap that the host itself asked for, if any."""
        pace = self._paces.get(host, self._otherwise)
        state = self._host(host, pace)
        with state.slots:
            with state.lock:
                now = self._monotonic()
                start = max(now, state.next_at)
                state.next_at = start + max(pace.gap, delay)
            if start > now:
                self._sleep(start - now)
            yield

    def silence(self, host: str, seconds: float) -> None:
        """Ask nothing of `host` for so many seconds."""
        state = self._host(host, self._paces.get(host, self._otherwise))
        with state.lock:
            state.next_at = max(state.next_at, self._monotonic() + seconds)

    def _host(self, host: str, pace: Pace) -> _Host:
        with self._guard:
            state = self._hosts.get(host)
            if state is None:
                if len(self._hosts) >= MOST_HOSTS:
                    past = self._monotonic()
                    self._hosts = {name: one for name, one in self._hosts.items() if one.next_at > past}
                state = self._hosts[host] = _Host(threading.Semaphore(pace.at_once))
            return state
