"""DNS records as a source: technologies that a domain's mail and text records give away, and what changed in them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import dns.exception
import dns.resolver

from idealfit.watch.asked import Asked, Found
from idealfit.watch.mentions import Mention
from idealfit.watch.page_text import read_page
from idealfit.watch.technologies import detect

if TYPE_CHECKING:
    from idealfit.watch.watch_tables import Watched


def records_of(domain: str, kind: str, server: str = "") -> list[str]:
    """Return the records of a domain by type (``MX``, ``TXT``); empty where it has none.

    `server` is a name server as ``address:port``, in place of the system's own. Raises ``dns.resolver.NXDOMAIN`` where
    there is no such domain, and another ``dns.exception.DNSException`` where no name server answers: three answers.
    """
    resolver = dns.resolver.Resolver(configure=not server)
    if server:
        address, _, port = server.rpartition(":")
        resolver.nameservers, resolver.port = [address], int(port)
    try:
        answer = resolver.resolve(domain, kind, lifetime=8.0)
    except dns.resolver.NoAnswer:
        return []
    return [record.to_text().replace('" "', "").strip('"') for record in answer]


def ask(watched: Watched, asked: Asked) -> Found:
    """Return the technologies that came or went in a domain's records since the last time."""
    if not watched.domain:
        return Found("nothing to ask", "no domain is known")
    look = asked.resolver or partial(records_of, server=asked.addresses.get("nameserver", ""))
    try:
        held = {kind.lower(): look(watched.domain, kind) for kind in ("MX", "TXT")}
    except dns.resolver.NXDOMAIN:
        return Found("unknown", "there is no such domain")
    except (dns.exception.DNSException, OSError) as error:
        return Found("failed", f"no name server answered: {type(error).__name__}")
    found = {one.name: one.quote for one in detect(read_page(""), records=held, rules=asked.rules)}
    before = asked.snapshot.get("technologies")
    told = technology_changes(watched, asked, before, found, source="DNS records", url=f"dns:{watched.domain}")
    snapshot = {"technologies": found, "looked_on": asked.today.isoformat()}
    return Found("ok" if any(held.values()) else "empty", f"{len(found)} technologies", tuple(told), (), snapshot)


def technology_changes(
    watched: Watched,
    asked: Asked,
    before: dict[str, str] | None,
    now: dict[str, str],
    *,
    source: str,
    url: str,
    sha256: str = "",
) -> list[Mention]:
    """Return the tellings of technologies that came or went; nothing on the first look."""
    if before is None:
        return []
    changes = [("technology added", name) for name in now if name not in before]
    changes += [("technology removed", name) for name in before if name not in now]
    return [
        Mention(
            watched.company,
            kind,
            f"{name} {'added' if kind.endswith('added') else 'removed'}",
            source,
            f"{source}:{kind}:{name}:{asked.today}",
            asked.now,
            url=url,
            quote=now.get(name, ""),
            sha256=sha256 if name in now else "",
            strength="own words",
            facts={"technology": name.casefold(), **asked.doubt_since(asked.snapshot.get("looked_on"))},
        )
        for kind, name in changes
    ]
