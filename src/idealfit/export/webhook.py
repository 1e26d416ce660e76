"""Webhooks: signed, tried again with growing pauses, sent once by their id, and parked where a person sees them.

The signature is that of the Standard Webhooks specification (version 1): ``webhook-id``, ``webhook-timestamp`` and
``webhook-signature``, an HMAC-SHA256 over ``id.timestamp.body``. The id comes from the content, so the same content has
the same id however often it is sent, and a receiver that keeps ids does its work once.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import random
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.export.addresses import place_of
from idealfit.export.calling import call
from idealfit.export.trying import Patience, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from idealfit.export.calling import Reply

SHORTEST_SECRET = 16
GIVE_UP_AFTER = 3
"""Messages in a row that a receiver failed to take; the rest is parked untried."""


@dataclass(frozen=True)
class Message:
    """One thing to send: what kind of thing, and its content, which must go into JSON."""

    type: str
    data: Any
    id: str = ""

    @property
    def body(self) -> bytes:
        """Return the message as it is sent: the same bytes for the same content."""
        return json.dumps({"type": self.type, "data": self.data}, ensure_ascii=False, sort_keys=True).encode()

    @property
    def key(self) -> str:
        """Return the id, or one made from the content."""
        return self.id or f"msg_{hashlib.sha256(self.body).hexdigest()[:32]}"


@dataclass(frozen=True)
class Receiver:
    """Where messages go, and how patiently. Without a secret they are not signed.

    `bare` sends the data of a message alone, for receivers with a form of their own.
    """

    url: str
    secret: str = field(default="", repr=False)
    loopback: bool = False
    seconds: float = 10.0
    tries: int = 5
    first_pause: float = 1.0
    longest_pause: float = 60.0
    bare: bool = False


@dataclass(frozen=True)
class Parked:
    """A message that was not taken, as it stands in the file of parked ones."""

    id: str
    type: str
    data: Any
    host: str
    why: str
    tries: int
    parked_on: str


@dataclass(frozen=True)
class Sent:
    """What became of messages: ids of those taken, and those that were parked, each with the reason."""

    delivered: tuple[str, ...] = ()
    parked: tuple[Parked, ...] = ()
    parked_in: str = ""


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of ``webhook-signature``. A secret that begins with ``whsec_`` is base64, any other is text.

    >>> secret, message_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    >>> signature(secret, message_id, 1614265330, b'{"test": 2432232314}')  # the example of the specification
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def verified(secret: str, headers: dict[str, str], body: bytes, now: float, tolerance: float = 300.0) -> bool:
    """Return whether a request is what we sent, not older or newer than `tolerance` seconds; for receivers."""
    try:
        message_id, timestamp = headers["webhook-id"], int(headers["webhook-timestamp"])
    except (KeyError, ValueError):
        return False
    expected = signature(secret, message_id, timestamp, body)
    given = headers.get("webhook-signature", "").split()
    return abs(now - timestamp) <= tolerance and any(hmac.compare_digest(expected, one) for one in given)


def send(
    receiver: Receiver,
    messages: Iterable[Message],
    *,
    park_in: str | Path,
    clock: Callable[[], float] = time.time,
    sleep: Callable[[float], None] = time.sleep,
    seed: int | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Sent:
    """Send messages one after the other and return what became of them; what is not taken is parked in a file.

    No reply, 408, 425, 429 and 5xx are tried again, after the pause that the reply asks for or one that doubles from
    time to time (with a random part, so that many senders do not return at once). Any other status is final. After
    `GIVE_UP_AFTER` failures in a row the rest is parked untried.
    Raises `InputError` before anything is sent where the address or the secret cannot be used.
    """
    host = place_of(receiver.url).shown
    if receiver.secret:
        _key(receiver.secret)
    patience = Patience(
        receiver.tries,
        receiver.first_pause,
        receiver.longest_pause,
        clock,
        sleep,
        random.Random(seed),  # noqa: S311
    )
    waiting = list(messages)
    delivered: list[str] = []
    parked: list[Parked] = []
    in_a_row = 0
    for number, message in enumerate(waiting):
        if progress:
            progress(f"sending to {host}", number / len(waiting))
        if in_a_row < GIVE_UP_AFTER:
            done = tried(partial(_post, receiver, message, clock), patience, "the receiver")
            why, tries, lasting = done.why, done.tries, done.is_final
            in_a_row = in_a_row + 1 if why and not lasting else 0
        else:
            why, tries = f"not tried: the receiver failed {in_a_row} times in a row", 0
        if not why:
            delivered.append(message.key)
            continue
        day = datetime.fromtimestamp(clock(), UTC).isoformat(timespec="seconds")
        parked.append(Parked(message.key, message.type, message.data, host, why, tries, day))
        _append(Path(park_in), parked[-1])
    return Sent(tuple(delivered), tuple(parked), str(park_in) if parked else "")


def parked_messages(path: str | Path) -> tuple[Message, ...]:
    """Return the messages in a file of parked ones; raises `InputError` with the line of each that is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise InputError(Mistake(reason, str(path), next_step="'idealfit export --to webhook' writes one.")) from None
    messages, mistakes = [], []
    for number, line in enumerate(lines, start=1):
        try:
            held = json.loads(line)
            messages.append(Message(str(held["type"]), held["data"], str(held["id"])))
        except (ValueError, KeyError, TypeError):
            mistakes.append(Mistake("this is no parked message", f"{path}:{number}", line[:60]))
    if mistakes:
        raise InputError(*mistakes)
    return tuple({message.key: message for message in messages}.values())


def _post(receiver: Receiver, message: Message, clock: Callable[[], float]) -> Reply:
    timestamp = int(clock())  # of this try: an old signature is refused
    body = json.dumps(message.data, ensure_ascii=False).encode() if receiver.bare else message.body
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if not receiver.bare:
        headers |= {"Idempotency-Key": message.key, "webhook-id": message.key, "webhook-timestamp": str(timestamp)}
        if receiver.secret:
            headers["webhook-signature"] = signature(receiver.secret, message.key, timestamp, body)
    return call("POST", receiver.url, body, headers, seconds=receiver.seconds, loopback=receiver.loopback)


def _append(path: Path, parked: Parked) -> None:
    """Add one line to the file of parked messages, for its owner's eyes only: it holds what was to be sent."""
    line = json.dumps(asdict(parked), ensure_ascii=False) + "\n"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.write(line)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(Mistake(f"what was not delivered cannot be parked here: {reason}", str(path))) from None


def _key(secret: str) -> bytes:
    if secret.startswith("whsec_"):
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except binascii.Error:
            raise InputError(Mistake("the secret begins with whsec_ but is not base64 after it")) from None
    else:
        key = secret.encode()
    if len(key) < SHORTEST_SECRET:
        allowed = f"at least {SHORTEST_SECRET} bytes, such as 'openssl rand -base64 32' gives"
        raise InputError(Mistake("the secret is too short to sign with", allowed=allowed))
    return key
