"""Acts on the ledger, one after the other on every engine, and on disk before anybody is told that they are done."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from idealfit.errors import ConflictError, IdealfitError, InputError, NotFoundError
from idealfit.route.ledger import LOCK, Sheet, Writer, caught_up, keep_sum
from idealfit.route.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from idealfit.route.state import State
    from idealfit.store import Store

DONE_TOGETHER = 100

_IN_TURN = sa.select(sa.func.pg_advisory_xact_lock(LOCK))

Done = TypeVar("Done")


class _Waiting:
    """An act whose caller waits, and what came of it."""

    def __init__(self, about: str, actor: str, act: Callable[[Session], object]) -> None:
        self.about = about
        self.actor = actor
        self.act = act
        self.done = False
        self.result: object = None
        self.error: BaseException | None = None


class Acts:
    """Runs acts. The state of the ledger is kept from one to the next, and caught up with what others have added."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._writer = Writer(store)
        self._clock = clock
        self._state: State | None = None
        self._queue: deque[_Waiting] = deque()
        self._turn = threading.Lock()

    def do(self, about: str, actor: str, act: Callable[[Session], Done]) -> Done:
        """Return what an act came to, once it is on disk.

        Syncing a disk takes longer than deciding. So acts that arrive while another one is being synced are done
        together, in the order they came: whoever has the turn next does all that wait, in one transaction.
        """
        mine = _Waiting(about, actor, act)
        self._queue.append(mine)
        with self._turn:
            while not mine.done:
                self._do_all([self._queue.popleft() for _ in range(min(len(self._queue), DONE_TOGETHER))])
        if mine.error is not None:
            raise mine.error
        return mine.result  # type: ignore[return-value]  # it was done by its own act

    def _do_all(self, waiting: list[_Waiting]) -> None:
        try:
            with self._store.transaction(waiting[0].about) as connection:
                if self._store.kind == "postgresql":  # one order of all entries, whoever works on them
                    connection.execute(_IN_TURN)
                self._state = caught_up(connection, self._state)
                sheet, first = Sheet(), self._state.seq
                for one in waiting:
                    session = Session(connection, self._writer, self._state, one.actor, at=self._clock(), sheet=sheet)
                    before = self._state.seq
                    try:
                        one.result = one.act(session)
                    except (NotFoundError, ConflictError, InputError) as error:
                        if self._state.seq > before:
                            raise
                        one.error = error  # it asked for what cannot be done, and nothing was
                self._writer.write(connection, sheet)
                keep_sum(connection, self._state, first)
        except BaseException as error:  # noqa: BLE001  each caller is told, in its own thread
            self._state = None  # what was added to it is not in the ledger
            if len(waiting) == 1 or not isinstance(error, IdealfitError):
                for one in waiting:
                    one.error, one.done = error, True
                return
            for one in waiting:  # one of them must not spoil the others
                one.error = None
                self._do_all([one])
            return
        for one in waiting:
            one.done = True

    @contextmanager
    def looking(self, about: str) -> Iterator[Session]:
        """Yield the ledger as it is now, to look at only."""
        with self._turn, self._store.transaction(about, writes=False) as connection:
            self._state = caught_up(connection, self._state)
            yield Session(connection, self._writer, self._state, "", at=self._clock(), sheet=Sheet())
