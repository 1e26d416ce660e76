"""Records asked of a real name server on loopback: what is there, what is empty, what is unknown, what failed."""

from __future__ import annotations

import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import dns.message
import dns.rcode
import dns.rrset
import pytest

from idealfit.watch.asked import Asked
from idealfit.watch.fetching import Fetcher
from idealfit.watch.record_source import ask
from idealfit.watch.watch_tables import Watched

ZONE = {
    ("sheep.example.", "MX"): ["10 aspmx.l.google.com.", "20 alt1.aspmx.l.google.com."],
    ("sheep.example.", "TXT"): ['"v=spf1 include:_spf.google.com ~all"', '"hubspot-domain-" "verification=abc"'],
    ("bare.example.", "A"): ["192.0.2.1"],
}


class Server(socketserver.BaseRequestHandler):
    def handle(self):
        data, sock = self.request
        asked = dns.message.from_wire(data)
        name, kind = asked.question[0].name.to_text(), dns.rdatatype.to_text(asked.question[0].rdtype)
        answer = dns.message.make_response(asked)
        held = ZONE.get((name, kind))
        if name == "broken.example.":
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif held:
            answer.answer.append(dns.rrset.from_text(name, 300, "IN", kind, *held))
        elif not any(known == name for known, _ in ZONE):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        sock.sendto(answer.to_wire(), self.client_address)


@contextmanager
def name_server():
    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("domain", "state"),
    [("sheep.example", "ok"), ("bare.example", "empty"), ("nobody.example", "unknown"), ("broken.example", "failed")],
)
def test_four_answers_of_a_name_server(domain, state):
    with name_server() as server, Fetcher() as fetcher:
        found = ask(
            Watched("x", domain=domain),
            Asked(fetcher, datetime(2026, 3, 2, tzinfo=UTC), addresses={"nameserver": server}),
        )
    assert found.state == state
    if state == "ok":
        technologies = found.snapshot["technologies"]
        assert {"Google Workspace", "HubSpot"} <= set(technologies)
        assert technologies["HubSpot"] == "hubspot-domain-verification", "pieces of a text are one text"
    elif state != "empty":
        assert found.snapshot is None, "what was not answered changes nothing that is remembered"


def test_a_technology_that_left_the_records_is_told():
    with name_server() as server, Fetcher() as fetcher:
        before = {"technologies": {"HubSpot": "x", "Zendesk": "mail.zendesk.com"}}
        asked = Asked(fetcher, datetime(2026, 3, 2, tzinfo=UTC), before, {"nameserver": server})
        told = {(m.kind, m.facts["technology"]) for m in ask(Watched("x", domain="sheep.example"), asked).mentions}
    assert ("technology removed", "zendesk") in told
    assert ("technology added", "google workspace") in told
