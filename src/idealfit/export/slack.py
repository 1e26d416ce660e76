"""The best companies as a Slack message: blocks, escaped, within Slack's limits."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Any

from idealfit.export.handover import HandedOver
from idealfit.export.webhook import Message, Receiver, send
from idealfit.export.whole_files import write_whole

if TYPE_CHECKING:
    from idealfit.export.handover import Handover, Row

SHOWN = 10
"""Companies in one message; a channel is no place for a table."""

LONGEST_TEXT = 2_900  # of 3,000 characters in a section
LONGEST_HEADER = 150
LONGEST_REASONS = 600


def to_slack(handover: Handover) -> HandedOver:
    """Send the message to an incoming webhook of Slack, or write it as JSON where `to` is a file."""
    message = blocks(handover)
    if not handover.to.startswith(("https://", "http://")):
        write_whole(handover.to, json.dumps(message, indent=2, ensure_ascii=False) + "\n")
        return HandedOver(handover.to, min(SHOWN, handover.count))
    receiver = Receiver(handover.to, loopback=handover.loopback, bare=True)
    sent = send(receiver, [Message("slack", message)], park_in=handover.park_in)
    return HandedOver("Slack", min(SHOWN, handover.count), len(sent.parked), sent.parked_in)


def blocks(handover: Handover) -> dict[str, Any]:
    """Return the message: a headline, the tiers, a part for each of the best companies, and how many more there are."""
    best = list(islice(handover.rows, SHOWN))
    headline = f"{handover.count:,} {'company' if handover.count == 1 else 'companies'} scored"
    tiers = "  ·  ".join(f"{escaped(tier)}: *{count:,}*" for tier, count in handover.tiers.items())
    parts: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": headline[:LONGEST_HEADER]}}
    ]
    if tiers:
        parts.append({"type": "context", "elements": [_text(tiers)]})
    for row in best:
        parts.append({"type": "section", "text": _text(_company(row, handover.name_column))})
    if handover.count > len(best):
        parts.append({"type": "context", "elements": [_text(f"and {handover.count - len(best):,} more in the list")]})
    return {"text": headline, "blocks": parts, "unfurl_links": False, "unfurl_media": False}


def escaped(text: object, longest: int = 300) -> str:
    """Return text as Slack shows it: no mention, link or control sequence in it works; cut to `longest` characters.

    >>> escaped("<!channel> A & B")
    '&lt;!channel&gt; A &amp; B'
    """
    plain = " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())
    plain = plain if len(plain) <= longest else plain[: longest - 1] + "…"
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _company(row: Row, name_column: str) -> str:
    name = row.get(name_column) or row.get("id") or "?"
    low, high = row.get("fit_low"), row.get("fit_high")
    span = f" ({low}–{high})" if low != high else ""
    lines = [f"*{escaped(name).replace('*', '∗')}*  ·  fit {row.get('fit')}{span}  ·  tier {escaped(row.get('tier'))}"]
    for label, column in (("For", "reasons"), ("Against", "against"), ("Look up", "enrich_next")):
        if row.get(column):
            lines.append(f"{label}: {escaped(row[column], LONGEST_REASONS)}")
    return "\n".join(lines)[:LONGEST_TEXT]


def _text(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}
