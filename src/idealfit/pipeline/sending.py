"""Messages to other programs: a signed webhook, for whatever the other verbs have to tell."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.export.calling import refuse_empty
from idealfit.export.webhook import Message, Receiver, Sent, parked_messages, send
from idealfit.export.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SECRET = "IDEALFIT_WEBHOOK_SECRET"  # noqa: S105  the name of a setting
"""Name of the setting that holds the secret to sign with; a secret has no place on a command line."""

PARKED = "webhook-parked.jsonl"


def send_webhook(
    url: str,
    events: Iterable[Message | Mapping[str, Any]],
    *,
    type: str = "idealfit.event",
    loopback: bool = False,
    parked: str | Path = PARKED,
    progress: Callable[[str, float], None] | None = None,
) -> Sent:
    """Send each event to a webhook, signed with the secret in `SECRET`; return what was delivered and what was parked.

    An event is a `Message`, or a mapping that becomes the data of one of `type` (its ``id``, where it has one, is the
    id of the message, by which a receiver tells what it has had already). What the receiver does not take is tried
    again, then parked in the file `parked`; `resend_parked` sends it once more. `loopback` allows this machine.
    """
    receiver = Receiver(url, refuse_empty(os.environ.get(SECRET), SECRET), loopback)
    messages = (e if isinstance(e, Message) else Message(type, dict(e), str(e.get("id") or "")) for e in events)
    return send(receiver, messages, park_in=parked, progress=progress)


def resend_parked(
    parked: str | Path, url: str, *, loopback: bool = False, progress: Callable[[str, float], None] | None = None
) -> Sent:
    """Send the messages in a file of parked ones again; those that are taken now leave the file."""
    receiver = Receiver(url, refuse_empty(os.environ.get(SECRET), SECRET), loopback)
    aside = Path(f"{parked}.again")
    sent = send(receiver, parked_messages(parked), park_in=aside, progress=progress)
    aside.unlink(missing_ok=True)
    write_whole(parked, "".join(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in sent.parked))
    return Sent(sent.delivered, sent.parked, str(parked) if sent.parked else "")
