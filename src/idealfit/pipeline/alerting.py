"""New events and companies told to people: to Slack, a webhook, or in a mail; never the same thing twice to one place.

What is to be sent is claimed first. A webhook carries an id, by which its receiver knows it again, so a claim that was
never confirmed is sent once more; a chat or a mail has none, so there it is not, and the digest says so.
"""

from __future__ import annotations

import os
import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.export.calling import refuse_empty
from idealfit.export.webhook import Message, Receiver, send
from idealfit.pipeline.sending import SECRET
from idealfit.store import open_store
from idealfit.watch import sending
from idealfit.watch.keeping import PAGES
from idealfit.watch.running import event_as_json
from idealfit.watch.told_events import Seen
from idealfit.watch.watch_tables import WATCH, Watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from idealfit.store import Store

MAIL_SERVER = "IDEALFIT_SMTP"
"""Name of the setting with the mail server, as ``host:port``; ``localhost:25`` if not given."""

SHOWN = 30


@dataclass(frozen=True)
class Alerted:
    """What was sent where: ids of the events, those that the place did not take, and those that may have been sent."""

    channel: str
    sent: tuple[str, ...]
    failed: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {name: list(v) if isinstance(v, tuple) else v for name, v in vars(self).items()}


def alert(
    store: str | Path,
    *,
    slack: str | None = None,
    webhook: str | None = None,
    mail: str | None = None,
    sender: str = "idealfit@localhost",
    confirmed_only: bool = False,
    loopback: bool = False,
    now: datetime | None = None,
) -> tuple[Alerted, ...]:
    """Tell what was never told before to each place that is named; return what became of it."""
    moment = now or datetime.now(UTC)
    states = ("confirmed", "corrected") if confirmed_only else ("new", "confirmed", "corrected")
    with open_store(store, PAGES, WATCH) as opened:
        done = []
        if webhook:
            to = Receiver(webhook, refuse_empty(os.environ.get(SECRET), SECRET), loopback, tries=3)
            tell = partial(_by_webhook, to)
            done.append(_told(opened, "webhook", webhook, states, tell=tell, now=moment, again=True))
        if slack:
            tell = partial(_by_slack, Receiver(slack, "", loopback, tries=3, bare=True))
            done.append(_told(opened, "slack", slack, states, tell=tell, now=moment, again=False))
        if mail:
            tell = partial(_by_mail, mail, sender, moment)
            done.append(_told(opened, "mail", mail, states, tell=tell, now=moment, again=False))
    return tuple(done)


@dataclass(frozen=True)
class News:
    """One thing to tell: an event, or a company that entered. `values` is what a program gets, `line` a person."""

    id: str
    company: str
    kind: str
    line: str
    values: dict[str, Any]
    quote: str = ""
    url: str = ""


def news_of(seen: Seen) -> News:
    """Return an event as something to tell."""
    event = seen.as_judged
    more = len(event.sources) - 1
    told = event.best.source + (f" and {more} more" if more else "")
    line = f"{event.kind}: {event.summary} ({event.when}, {told}, {seen.state})"
    values = event_as_json(event) | {"state": seen.state}
    return News(event.id, event.company, "idealfit.event", line, values, event.best.quote, event.best.url)


def news_of_entering(watched: Watched, entered_at: datetime) -> News:
    """Return a company that entered as something to tell, once for each time that it enters."""
    at = entered_at.astimezone(UTC).isoformat(timespec="seconds")
    made = "entered-" + sha256(f"{watched.company}|{at}".encode()).hexdigest()[:20]
    tier = f", tier {watched.tier}" if watched.tier else ""
    values = {"id": made, "company": watched.company, "name": watched.name, "tier": watched.tier, "entered_at": at}
    line = f"fits the profile now{tier}" if tier else "is watched now"
    return News(made, watched.company, "idealfit.company_entered", line, values)


def _told(
    store: Store,
    kind: str,
    place: str,
    states: Sequence[str],
    *,
    tell: Callable[[list[News]], set[str]],
    now: datetime,
    again: bool,
) -> Alerted:
    """Claim what this place was never told, tell it, and write down what it took."""
    channel = f"{kind}:{sha256(place.encode()).hexdigest()[:16]}"  # the address of a webhook is a secret
    news = [news_of(one) for one in sending.untold(store, channel) if one.state in states]
    news += [news_of_entering(*one) for one in sending.newcomers(store)]
    old = sending.uncertain(store, channel, now)
    claimed = sending.claim_sending(store, channel, [one.id for one in news], now) + (old if again else [])
    by_id = {one.id: one for one in news}
    wanted = [by_id[name] for name in claimed if name in by_id]
    try:
        taken = tell(wanted) if wanted else set()
    except InputError:  # refused before anything was sent: all of it is still to be told
        sending.mark_sent(store, channel, [one.id for one in wanted], None)
        raise
    sending.mark_sent(store, channel, taken, now)
    refused = [one.id for one in wanted if one.id not in taken]
    sending.mark_sent(store, channel, refused, None)
    return Alerted(kind, tuple(sorted(taken)), tuple(refused), () if again else tuple(old))


def _by_webhook(receiver: Receiver, new: list[News]) -> set[str]:
    """Send events one by one. What is not taken stays untold here, so it is parked nowhere else: that were twice."""
    messages = [Message(one.kind, one.values, one.id) for one in new]
    return set(send(receiver, messages, park_in=os.devnull).delivered)


def _by_slack(receiver: Receiver, new: list[News]) -> set[str]:
    lines = [f"{one.company}: {one.line}" for one in new[:SHOWN]]
    lines += [f"and {len(new) - SHOWN} more"] if len(new) > SHOWN else []
    text = "\n".join(_escaped(line) for line in lines)
    name = "digest-" + sha256("".join(one.id for one in new).encode()).hexdigest()[:20]
    sent = send(receiver, [Message("slack", {"text": text}, name)], park_in=os.devnull)
    return {one.id for one in new} if sent.delivered else set()


def _escaped(text: str) -> str:
    """Return text in which Slack reads no markup of its own: a headline must not ping a whole channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _by_mail(to: str, sender: str, now: datetime, new: list[News]) -> set[str]:
    server = os.environ.get(MAIL_SERVER, "localhost:25")
    host, _, port = server.rpartition(":")
    if not host or not port.isdecimal():
        raise InputError(Mistake("this is not a mail server", MAIL_SERVER, server, "host:port"))
    try:
        with smtplib.SMTP(host, int(port), timeout=20) as connection:
            connection.send_message(digest(to, sender, new, now))
    except (OSError, smtplib.SMTPException):
        return set()
    return {one.id for one in new}


def digest(to: str, sender: str, new: Sequence[News], now: datetime) -> EmailMessage:
    """Return the mail that tells of what is new, company by company; raises `InputError` for what is no address."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"], message["To"] = sender, to
    except ValueError:
        raise InputError(Mistake("this is not a mail address", found=to)) from None
    events = sum(one.kind == "idealfit.event" for one in new)
    counts = [(events, "new event", "new events"), (len(new) - events, "new company", "new companies")]
    said = " and ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    message["Subject"] = f"{said} at companies you watch, {now:%d %B %Y}" if events else f"{said}, {now:%d %B %Y}"
    companies: dict[str, list[News]] = {}
    for one in new:
        companies.setdefault(one.company, []).append(one)
    parts = []
    for company, told in sorted(companies.items()):
        parts.append(company)
        for one in told:
            parts.append(f"  - {one.line}")
            parts += [f"    “{one.quote}”"] * bool(one.quote) + [f"    {one.url}"] * bool(one.url)
    message.set_content("\n".join(parts) + "\n")
    return message
