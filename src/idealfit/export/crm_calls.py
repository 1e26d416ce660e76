"""Calls of a CRM: JSON in and out, the key in the header, tried again where that may help, every answer read."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.export.addresses import place_of
from idealfit.export.calling import Reply, call
from idealfit.export.trying import Patience, tried

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class CrmError(Exception):
    """A CRM did not do what it was asked. `reply` is None where it did not answer."""

    def __init__(self, why: str, reply: Reply | None = None) -> None:
        super().__init__(why)
        self.why, self.reply = why, reply


@dataclass(frozen=True)
class Crm:
    """A CRM that can be called: its address, the key, and whether it may be on this machine."""

    url: str
    token: str = field(repr=False)
    loopback: bool = False
    seconds: float = 30.0
    patience: Patience = field(default_factory=Patience)

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  JSON is anything
        """Return the JSON that comes back; raises `CrmError` where the answer is no success, or none comes."""
        reply = self.reply(method, path, body)
        if not reply.fine:
            raise CrmError(_refusal(reply), reply)
        try:
            return json.loads(reply.body or b"null")
        except ValueError:
            raise CrmError("the answer is not JSON", reply) from None

    def reply(self, method: str, path: str, body: object = None) -> Reply:
        """Return the reply, whatever its status, after waiting out 429, 5xx and dropped connections."""
        headers = {"Authorization": f"Bearer {self.token}"}
        sent = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            sent = json.dumps(body, ensure_ascii=False).encode()
        done = tried(
            lambda: call(
                method, self.url.rstrip("/") + path, sent, headers, seconds=self.seconds, loopback=self.loopback
            ),
            self.patience,
        )
        if done.reply is None:
            raise CrmError(done.why)
        return done.reply

    @property
    def host(self) -> str:
        """Return the host, for messages."""
        return place_of(self.url).shown


def explained(error: CrmError, crm: Crm, doing: str) -> InputError:
    """Return a failure of the whole work as an error for the person at the keyboard."""
    status = error.reply.status if error.reply else None
    steps = {401: "Is the key valid?", 403: "May the key read and write companies?"}
    return InputError(Mistake(f"{doing}: {error.why}", crm.host, next_step=steps.get(status or 0, "")))


def in_parts(items: Sequence[Any], size: int) -> Iterator[list[Any]]:
    """Yield the items, so many at once."""
    for start in range(0, len(items), size):
        yield list(items[start : start + size])


def _refusal(reply: Reply) -> str:
    """Return what a refusal says, in one line."""
    try:
        said = json.loads(reply.body)
    except ValueError:
        said = None
    if isinstance(said, list) and said and isinstance(said[0], dict):  # Salesforce
        said = said[0]
    message = str(said.get("message", "")) if isinstance(said, dict) else ""
    message = " ".join(message.split())[:300]
    return f"it answered {reply.status}" + (f": {message}" if message else "")
