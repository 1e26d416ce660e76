"""Fetching against real servers on loopback: safe, bounded, polite, and honest about how it went."""

from __future__ import annotations

import socket
from datetime import UTC, datetime

import pytest

from idealfit.watch.fetching import Bounds, Fetcher, Known
from idealfit.watch.network import is_public
from idealfit.watch.politeness import Pace
from web_servers import Reply, web_server

LOOPBACK = ("127.0.0.1",)


def fetcher(**settings: object) -> Fetcher:
    slept: list[float] = []
    made = Fetcher(**{"private": LOOPBACK, "pace": Pace(0, 8), "sleep": slept.append, **settings})
    made.slept = slept
    return made


def test_a_page_comes_home_with_what_is_needed_to_show_it_again():
    now = datetime(2026, 3, 1, 8, tzinfo=UTC)
    page = Reply(
        "<p>Zürich</p>".encode("latin-1"), headers={"Content-Type": "text/html; charset=latin-1", "ETag": '"a"'}
    )
    with web_server({"/": page, "/old": Reply(status=301, headers={"Location": "/"})}) as server:
        with fetcher(now=lambda: now, contact="ops@example.com") as f:
            answer = f.fetch(f"{server.address}/old")
        assert (answer.state, answer.status, answer.final_url) == ("ok", 200, f"{server.address}/")
        assert (answer.seen_at, answer.etag, answer.text) == (now, '"a"', "<p>Zürich</p>")
        assert len(answer.sha256) == 64
        agents = {headers["user-agent"] for _, headers in server.asked}
    assert all(agent.startswith("idealfit/") and "ops@example.com" in agent for agent in agents)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "::1", "fe80::1",
     "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "240.0.0.1", "not an address"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


def test_public_addresses():
    assert is_public("93.184.216.34")
    assert is_public("2606:4700::1111")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost/", "http://0x7f000001/", "http://2130706433/", "http://127.1/", "http://[::1]/",
     "http://[::ffff:127.0.0.1]/", "file:///etc/passwd", "http://user:" + "pw@example.com/", "http://", "x"],
)  # fmt: skip
def test_private_networks_and_other_schemes_are_never_asked(url):
    with Fetcher(sleep=lambda _: None) as f:
        assert f.fetch(url).state == "unsafe"
        assert f.fetch(url).body == b""


def test_a_server_in_a_private_network_is_not_even_connected_to():
    with web_server({"/": "secret"}) as server, Fetcher(sleep=lambda _: None) as f:
        answer = f.fetch(server.address)
        assert answer.state == "unsafe"
        assert "not on the public internet" in answer.note
        assert server.asked == []


def test_a_redirect_into_a_private_network_is_not_followed():
    inside = "http://169.254.169.254/latest"
    with web_server({"/": Reply(status=302, headers={"Location": inside})}) as server, fetcher() as f:
        answer = f.fetch(server.address + "/")
    assert (answer.state, answer.final_url) == ("unsafe", "http://169.254.169.254/latest")


def test_a_name_is_resolved_once_and_connected_to_where_it_was_checked():
    """DNS rebinding: the second answer of the name server is never asked for, so it cannot differ from the first."""
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    def connected(self, host, *_args, **_kwargs):
        raise httpcore.ConnectError(f"to {host}")

    import httpcore

    before = httpcore.SyncBackend.connect_tcp
    httpcore.SyncBackend.connect_tcp = connected
    try:
        with Fetcher(resolve=rebinding, sleep=lambda _: None, bounds=Bounds(tries=1)) as f:
            first = f.fetch("http://rebind.example/", for_programs=True)
            second = f.fetch("http://rebind.example/", for_programs=True)
    finally:
        httpcore.SyncBackend.connect_tcp = before
    assert (first.state, first.note) == ("unreachable", "to 93.184.216.34")
    assert (second.state, len(asked)) == ("unsafe", 2)


def test_a_name_with_one_private_address_among_public_ones_is_refused():
    with Fetcher(resolve=lambda *_: ["93.184.216.34", "10.0.0.8"], sleep=lambda _: None) as f:
        assert f.fetch("http://mixed.example/", for_programs=True).state == "unsafe"


def test_other_ports_than_a_web_servers_are_refused():
    with Fetcher(resolve=lambda *_: ["93.184.216.34"], sleep=lambda _: None) as f:
        answer = f.fetch("http://example.com:6379/", for_programs=True)
    assert (answer.state, "6379" in answer.note) == ("unsafe", True)


def test_a_small_body_that_unpacks_to_a_huge_one_is_stopped():
    with web_server({"/": Reply(b"0" * 30_000_000, packed=True)}) as server, fetcher() as f:
        answer = f.fetch(server.address + "/")
    assert (answer.state, answer.body) == ("too large", b"")


@pytest.mark.parametrize("unannounced", [False, True])
def test_a_body_that_is_too_large_is_stopped(unannounced):
    large, bounds = Reply(b"0" * 900_000, unannounced=unannounced), Bounds(bytes_sent=500_000)
    with web_server({"/": large}) as server, fetcher(bounds=bounds) as f:
        assert f.fetch(server.address + "/").state == "too large"


def test_a_page_that_never_ends_is_given_up():
    ticks = iter(range(0, 10_000, 20))
    with (
        web_server({"/": Reply(b"x" * 400_000)}) as server,
        fetcher(monotonic=lambda: float(next(ticks)), bounds=Bounds(tries=3)) as f,
    ):
        answer = f.fetch(server.address + "/", for_programs=True)
        assert (answer.state, answer.tries) == ("timed out", 1), "and not asked for again: it would end no sooner"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Content-Encoding": "br"}, b"xxxx"),
        ({"Content-Encoding": "gzip"}, b"not gzip"),
        ({"Content-Encoding": "gzip, gzip"}, b""),
    ],
)
def test_packing_that_was_not_asked_for_or_is_broken(headers, body):
    with web_server({"/": Reply(body, headers=headers)}) as server, fetcher() as f:
        assert f.fetch(server.address + "/").state == "unreadable"


@pytest.mark.parametrize(
    ("status", "state", "tries"),
    [(404, "not found", 1), (410, "not found", 1), (401, "refused", 1), (403, "refused", 1), (429, "rate limited", 3),
     (500, "server error", 3), (503, "server error", 3)],
)  # fmt: skip
def test_each_failure_is_an_answer_of_its_own(status, state, tries):
    with web_server({"/": Reply("no", status)}) as server, fetcher() as f:
        answer = f.fetch(server.address + "/")
        assert (answer.state, answer.status, answer.tries) == (state, status, tries)
        assert server.paths().count("/") == tries


def test_retries_wait_longer_each_time_and_never_the_same():
    with web_server({"/": Reply("no", 500)}) as server, fetcher() as f:
        f.fetch(server.address + "/")
    first, second = f.slept[-2:]
    assert 0.5 <= first <= 1.0 <= second <= 2.0
    assert second != 2 * first


def test_a_host_that_asks_for_long_patience_is_left_alone():
    with web_server({"/": Reply("no", 429, {"Retry-After": "900"})}) as server, fetcher() as f:
        answer = f.fetch(server.address + "/")
        assert (answer.state, answer.retry_after, answer.tries) == ("rate limited", 900.0, 1)


def test_a_connection_that_nobody_takes():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with fetcher() as f:
        assert f.fetch(f"http://127.0.0.1:{port}/").state == "unreachable"


def test_redirects_that_go_round_in_circles():
    with web_server({"/": Reply(status=302, headers={"Location": "/"})}) as server, fetcher() as f:
        assert f.fetch(server.address + "/").state == "redirected too often"


def test_only_what_changed_is_sent_again():
    def page(headers):
        return Reply("", 304) if headers.get("if-none-match") == '"1"' else Reply("new", headers={"ETag": '"1"'})

    with web_server({"/": page}) as server, fetcher() as f:
        first = f.fetch(server.address + "/")
        again = f.fetch(server.address + "/", Known(first.etag))
    assert (first.state, again.state, again.body) == ("ok", "unchanged", b"")


ROBOTS = "User-agent: *\nDisallow: /private\nCrawl-delay: 7\n\nUser-agent: idealfit\nDisallow: /ours\nCrawl-delay: 3\n"


def test_robots_are_kept_and_asked_once():
    with web_server({"/robots.txt": ROBOTS, "/": "a", "/private": "b", "/ours": "c"}) as server, fetcher() as f:
        assert [f.fetch(server.address + path).state for path in ("/", "/private", "/ours")] == [
            "ok",
            "ok",
            "disallowed",
        ]
        assert f.fetch(server.address + "/ours", for_programs=True).state == "ok"
        assert server.paths().count("/robots.txt") == 1
        assert any(2.5 < seconds <= 3.0 for seconds in f.slept), f.slept


@pytest.mark.parametrize(("status", "state"), [(404, "ok"), (403, "ok"), (500, "server error"), (429, "rate limited")])
def test_no_rules_are_a_yes_and_a_failing_server_is_a_no(status, state):
    with web_server({"/robots.txt": Reply("", status), "/": "a"}) as server, fetcher() as f:
        answer = f.fetch(server.address + "/")
        assert answer.state == state
        assert ("/" in server.paths()) == (state == "ok")


def test_a_host_is_asked_at_its_pace():
    clock = [0.0]

    def sleep(seconds: float) -> None:
        clock[0] += seconds

    with web_server({"/": "a"}) as server, fetcher(monotonic=lambda: clock[0], sleep=sleep, pace=Pace(1.5, 1)) as f:
        for _ in range(4):
            f.fetch(server.address + "/", for_programs=True)
    assert clock[0] == pytest.approx(4.5)


def test_it_does_not_follow_the_wall_clock():
    times = iter([datetime(2026, 1, 2, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)])
    with web_server({"/robots.txt": "", "/": "a"}) as server, fetcher(now=lambda: next(times)) as f:
        assert [f.fetch(server.address + "/").state for _ in range(2)] == ["ok", "ok"]
        assert server.paths().count("/robots.txt") == 1
