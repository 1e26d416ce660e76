"""Acts on the ledger, one after the other on every engine, and on disk before anybody is told that they are done."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from idealfit.errors import ConflictError, IdealfitError, InputError, NotFoundError
from idealfit.route.ledger import LOCK, Sheet, Writer, caught_up, keep_sum, leads_of
from idealfit.route.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from idealfit.route.state import State
    from idealfit.store import Store

DONE_TOGETHER = 100

LINGERS = 1.0
"""Seconds for which the thread that does acts waits for another one before it ends."""

_DATABASE_AWAY = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""Refusals that are no fault of what was asked: asking for one thing at a time would only take longer."""

_IN_TURN = sa.select(sa.func.pg_advisory_xact_lock(LOCK))

Done = TypeVar("Done")


@dataclass(eq=False, slots=True)
class _Waiting:
    """An act that is to be done, and what will come of it."""

    about: str
    actor: str
    act: Callable[[Session], Any]
    keys: Sequence[str] = ()
    coming: Future[Any] = field(default_factory=Future)
    result: object = None
    refused: IdealfitError | None = None

    def do(self, session: Session) -> None:
        """Do the act; that it asks for what cannot be done is kept, where nothing was done."""
        self.result = self.refused = None
        before = session.state.seq
        try:
            self.result = self.act(session)
        except (NotFoundError, ConflictError, InputError) as error:
            if session.state.seq > before:
                raise
            self.refused = error

    def tell(self) -> None:
        """Let whoever waits know what came of it."""
        if self.refused is None:
            self.coming.set_result(self.result)
        else:
            self.coming.set_exception(self.refused)


class Acts:
    """Runs acts. The state of the ledger is kept from one to the next, and caught up with what others have added.

    One thread does them all, in the order they came. Syncing a disk takes longer than deciding: so acts that arrive
    while others are being synced are done together next, in one transaction. The thread is there while there is work.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._writer = Writer(store)
        self._clock = clock
        self._state: State | None = None
        self._turn = threading.Lock()
        self._queue: SimpleQueue[_Waiting] = SimpleQueue()
        self._at_work = False
        self._starting = threading.Lock()

    def do(self, about: str, actor: str, act: Callable[[Session], Done]) -> Done:
        """Return what an act came to, once it is on disk."""
        return self.begin(about, actor, act).result()

    def begin(
        self, about: str, actor: str, act: Callable[[Session], Done], *, keys: Sequence[str] = ()
    ) -> Future[Done]:
        """Return at once what will be what an act came to, once it is on disk.

        The leads of the `keys` are looked up for all acts that are done together at once.
        """
        waiting = _Waiting(about, actor, act, keys)
        waiting.coming.set_running_or_notify_cancel()  # who waits may go away; the act is done nevertheless
        with self._starting:
            self._queue.put(waiting)
            if not self._at_work:
                self._at_work = True
                threading.Thread(target=self._work, name="acts", daemon=True).start()
        return waiting.coming

    def _work(self) -> None:
        while waiting := self._waiting():
            with self._turn:
                self._do_all(waiting)

    def _waiting(self) -> list[_Waiting]:
        """Return the acts that wait, or none after a while without any: then the thread ends."""
        try:
            found = [self._queue.get(timeout=LINGERS)]
        except Empty:
            with self._starting:
                self._at_work = not self._queue.empty()
            return self._waiting() if self._at_work else []
        with suppress(Empty):
            while len(found) < DONE_TOGETHER:
                found.append(self._queue.get_nowait())
        return found

    def _do_all(self, waiting: list[_Waiting]) -> None:
        try:
            with self._store.transaction(waiting[0].about) as connection:
                if self._store.kind == "postgresql":  # one order of all entries, whoever works on them
                    connection.execute(_IN_TURN)
                self._state = caught_up(connection, self._state)
                first = self._state.seq
                sheet = Sheet(known=leads_of(connection, [key for one in waiting for key in one.keys]))
                for one in waiting:
                    session = Session(connection, self._writer, self._state, one.actor, at=self._clock(), sheet=sheet)
                    one.do(session)
                self._writer.write(connection, sheet)
                keep_sum(connection, self._state, first)
        except BaseException as error:  # noqa: BLE001  whoever waits is told
            self._state = None  # what was added to it is not in the ledger
            if len(waiting) == 1 or isinstance(error.__cause__, _DATABASE_AWAY):
                for one in waiting:
                    one.coming.set_exception(error)
            else:  # one of them must not spoil the others
                for one in waiting:
                    self._do_all([one])
            return
        for one in waiting:
            one.tell()

    @contextmanager
    def looking(self, about: str) -> Iterator[Session]:
        """Yield the ledger as it is now, to look at only."""
        with self._turn, self._store.transaction(about, writes=False) as connection:
            self._state = caught_up(connection, self._state)
            yield Session(connection, self._writer, self._state, "", at=self._clock(), sheet=Sheet())
