"""A request tried again where that may help: the one place that waits between tries."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from idealfit.export.calling import NoReplyError, Reply, retry_after

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Patience:
    """How often a request is tried, and how long the pauses may be, in seconds; they double from the first.

    `clock` and `sleep` tell and pass the time. `chance` shortens each pause by up to a half, so that many who wait for
    one server do not all come back at once.
    """

    tries: int = 5
    first_pause: float = 1.0
    longest_pause: float = 120.0
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = field(default=lambda s: time.sleep(s))  # noqa: PLW0108  looked up when it sleeps
    chance: random.Random = field(default_factory=random.Random)


@dataclass(frozen=True)
class Tried:
    """What came of a request: its last `reply`, if one came, `why` it failed ('' if not), after so many `tries`.

    `is_final`: trying again is no use.
    """

    reply: Reply | None
    why: str
    tries: int
    is_final: bool = False


def tried(send: Callable[[], Reply], patience: Patience, who: str = "it") -> Tried:
    """Return what came of a request that is sent again after 408, 425, 429, 5xx and where no reply comes.

    `who` is what the answering side is called. The pause that ``Retry-After`` asks for is kept; one longer than the
    longest pause ends the trying.

    >>> replies = iter([Reply(503, headers={"retry-after": "7"}), Reply(200)])
    >>> pauses = []
    >>> tried(lambda: next(replies), Patience(clock=lambda: 0.0, sleep=pauses.append)).tries, pauses
    (2, [7.0])
    """
    reply, why = None, ""
    for attempt in range(1, patience.tries + 1):
        asked: float | None = None
        try:
            reply = send()
        except NoReplyError as error:
            reply, why = None, str(error)
        else:
            if reply.fine:
                return Tried(reply, "", attempt)
            why = f"{who} answered {reply.status}"
            if not reply.worth_another_try:
                redirected = 300 <= reply.status < 400
                return Tried(reply, why + ", a redirect, which is not followed" * redirected, attempt, is_final=True)
            asked = retry_after(reply, patience.clock())
        if attempt == patience.tries:
            break
        if asked is not None and asked > patience.longest_pause:
            return Tried(reply, f"{why}, and asks to wait {asked:,.0f} seconds", attempt)
        pause = min(patience.first_pause * 2 ** (attempt - 1), patience.longest_pause)
        pause *= patience.chance.uniform(0.5, 1.0)
        patience.sleep(pause if asked is None else max(asked, pause))
    return Tried(reply, why, patience.tries)
