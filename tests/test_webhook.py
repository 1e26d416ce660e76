from __future__ import annotations

import hashlib
import hmac
import json
import socket
from base64 import b64decode, b64encode

import pytest

from idealfit import pipeline
from idealfit.errors import InputError
from idealfit.export import addresses
from idealfit.export.addresses import numbers_of, place_of
from idealfit.export.calling import NoReplyError, call
from idealfit.export.webhook import Message, Receiver, parked_messages, send, signature, verified
from receivers import Clock, receiver

SECRET = "whsec_" + b64encode(b"a secret of thirty-two bytes, ok").decode()
ROWS = [Message("idealfit.scores", {"rows": [{"id": "acme", "fit": 80, "note": "Zoë"}]})]


def sent_to(url, messages=ROWS, *, park_in, clock=None, **options):
    clock = clock or Clock()
    to = Receiver(url, SECRET, loopback=True, **options)
    return send(to, messages, park_in=park_in, clock=clock, sleep=clock.sleep, seed=1)


def test_a_message_is_signed_as_the_standard_says(tmp_path):
    with receiver() as receiving:
        sent = sent_to(receiving.url, park_in=tmp_path / "parked")
    ((path, headers, body),) = receiving.requests
    assert path == "/in"
    assert json.loads(body) == {"type": "idealfit.scores", "data": ROWS[0].data}
    by_hand = hmac.new(
        b64decode(SECRET[6:]),
        f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body,
        hashlib.sha256,
    )
    assert headers["webhook-signature"] == "v1," + b64encode(by_hand.digest()).decode()
    assert headers["idempotency-key"] == headers["webhook-id"] == ROWS[0].key
    assert sent.delivered == (ROWS[0].key,)
    assert not (tmp_path / "parked").exists()


def test_a_receiver_can_check_what_it_got():
    body, now = b"{}", 1_700_000_000
    headers = {"webhook-id": "m", "webhook-timestamp": str(now), "webhook-signature": signature(SECRET, "m", now, body)}
    assert verified(SECRET, headers, body, now + 10)
    assert not verified(SECRET, headers, b"{ }", now)
    assert not verified(SECRET, headers, body, now + 3600), "an old message is somebody's replay"
    assert not verified(SECRET, {**headers, "webhook-id": "n"}, body, now)
    assert not verified("another secret altogether", headers, body, now)
    assert not verified(SECRET, {}, body, now)


@pytest.mark.parametrize("trouble", [500, 502, 503, 429, 408, "drop", "garbage"])
def test_trouble_that_passes_is_waited_out(trouble, tmp_path):
    clock = Clock()
    with receiver([trouble, trouble, trouble]) as receiving:
        sent = sent_to(receiving.url, park_in=tmp_path / "parked", clock=clock)
    assert sent.delivered
    assert not sent.parked
    assert len(receiving.requests) == 4
    assert [0.5 <= p <= 1 and 1 <= q <= 2 and 2 <= r <= 4 for p, q, r in [clock.pauses]] == [True]
    assert len({headers["webhook-id"] for _, headers, _ in receiving.requests}) == 1, "the receiver can tell it is one"


def test_a_receiver_says_how_long_to_wait(tmp_path):
    clock = Clock()
    with receiver([(429, {"Retry-After": "17"}), (503, {"Retry-After": "nonsense"})]) as receiving:
        assert sent_to(receiving.url, park_in=tmp_path / "parked", clock=clock).delivered
    assert clock.pauses[0] == 17
    assert clock.pauses[1] <= 2


def test_who_asks_to_wait_for_an_hour_is_parked(tmp_path):
    clock = Clock()
    with receiver([(429, {"Retry-After": "3600"})]) as receiving:
        sent = sent_to(receiving.url, park_in=tmp_path / "parked", clock=clock)
    assert sent.parked[0].why == "the receiver answered 429, and asks to wait 3,600 seconds"
    assert not clock.pauses


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        (500, "the receiver answered 500"),
        ("drop", "the connection was dropped"),
        ("hang", "no reply within 0.2 seconds"),
        ("drip", "no reply within 0.2 seconds"),
    ],
)
def test_what_is_not_taken_is_parked_where_a_person_sees_it(trouble, why, tmp_path):
    park = tmp_path / "parked.jsonl"
    with receiver(then=trouble) as receiving:
        sent = sent_to(receiving.url, park_in=park, tries=2, seconds=0.2)
    assert not sent.delivered
    (parked,) = [json.loads(line) for line in park.read_text().splitlines()]
    assert parked["why"] == why or (trouble in ("hang", "drip") and "time" in parked["why"])
    assert parked["data"] == ROWS[0].data
    assert parked["tries"] == 2
    assert SECRET not in park.read_text()
    assert park.stat().st_mode & 0o077 == 0, "it holds what was to be sent"
    assert parked_messages(park) == (Message(ROWS[0].type, ROWS[0].data, ROWS[0].key),)


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413, 301, 307])
def test_a_refusal_is_final(status, tmp_path):
    with receiver(then=(status, {"Location": "http://169.254.169.254/"})) as receiving:
        sent = sent_to(receiving.url, park_in=tmp_path / "parked")
    assert len(receiving.requests) == 1, "not tried again, and no redirect followed"
    assert str(status) in sent.parked[0].why


def test_a_receiver_that_is_down_is_not_asked_for_each_message(tmp_path):
    messages = [Message("t", {"n": n}) for n in range(10)]
    with receiver(then=503) as receiving:
        sent = sent_to(receiving.url, messages, park_in=tmp_path / "parked", tries=2)
    assert len(receiving.requests) == 6
    assert len(sent.parked) == 10
    assert sent.parked[-1].why == "not tried: the receiver failed 3 times in a row"


def test_nobody_there(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sent = sent_to(f"http://127.0.0.1:{port}/", park_in=tmp_path / "parked", tries=2)
    assert sent.parked[0].why == "the connection was refused"


def test_an_endless_reply_is_cut_off():
    with receiver(then="endless") as receiving, pytest.raises(NoReplyError, match=r"longer than|within|dropped"):
        call("POST", receiving.url, b"", loopback=True, seconds=5)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1/x", "this machine"),
        ("https://127.1/x", "this machine"),
        ("https://0x7f000001/", "this machine"),
        ("https://2130706433/", "this machine"),
        ("https://[::1]/", "this machine"),
        ("https://[::ffff:127.0.0.1]/", "this machine"),
        ("https://0.0.0.0/", "private or reserved"),
        ("https://10.1.2.3/", "private or reserved"),
        ("https://192.168.0.1:8443/", "private or reserved"),
        ("https://169.254.169.254/latest/meta-data", "private or reserved"),
        ("https://100.64.0.1/", "private or reserved"),
        ("https://[fd00::1]/", "private or reserved"),
        ("https://[64:ff9b::a9fe:a9fe]/", "private or reserved"),
        ("https://[2002:0a01:0203::]/", "private or reserved"),
        ("https://224.0.0.1/", "private or reserved"),
        ("http://93.184.215.14/", "without encryption"),
    ],
)
def test_what_may_not_be_called(url, words):
    with pytest.raises(InputError, match=words):
        numbers_of(place_of(url), loopback=False)


@pytest.mark.parametrize(
    "url",
    ["", "acme", "ftp://acme.com", "https://", "file:///etc/passwd", "https://user@acme.com", "https://acme.com:99999",
     "https://acme.com/a b", "https://acme.com/\r\nX: 1", "gopher://acme.com"],
)  # fmt: skip
def test_what_is_no_address(url):
    with pytest.raises(InputError):
        numbers_of(place_of(url), loopback=True)


def test_loopback_is_allowed_only_where_it_is_said_and_alone(monkeypatch):
    assert numbers_of(place_of("http://127.0.0.1:1/"), loopback=True) == ["127.0.0.1"]
    with pytest.raises(InputError, match="private"):
        numbers_of(place_of("http://10.0.0.1/"), loopback=True)
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    both = [(*entry, ("127.0.0.1", 443)), (*entry, ("93.184.215.14", 443))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(InputError, match="this machine"):
        numbers_of(place_of("https://two-faced.example/"), loopback=True)


def test_an_address_is_not_shown_whole():
    with pytest.raises(InputError) as refused:
        numbers_of(place_of("http://127.0.0.1/services/T000/secret"), loopback=False)
    assert "secret" not in str(refused.value)
    assert SECRET not in repr(Receiver("https://acme.com", SECRET))


@pytest.mark.parametrize("secret", ["short", "whsec_!!!", "whsec_YWJj"])
def test_a_bad_secret_is_refused_before_anything_is_sent(secret, tmp_path):
    with receiver() as receiving, pytest.raises(InputError, match="secret"):
        send(Receiver(receiving.url, secret, loopback=True), ROWS, park_in=tmp_path / "parked")
    assert not receiving.requests


def test_the_verb_sends_events_and_sends_the_parked_again(tmp_path, monkeypatch):
    park = tmp_path / "parked.jsonl"
    with pytest.raises(InputError, match="IDEALFIT_WEBHOOK_SECRET is not set"):
        pipeline.send_webhook("https://acme.com/", [{"id": "e1"}], parked=park)
    monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", SECRET)
    events = [{"id": "e1", "what": "funding"}, {"id": "e2", "what": "hiring"}]
    with receiver([200, 400]) as receiving:
        sent = pipeline.send_webhook(receiving.url, events, type="alert", loopback=True, parked=park)
        assert (sent.delivered, [p.id for p in sent.parked], sent.parked_in) == (("e1",), ["e2"], str(park))
        again = pipeline.resend_parked(park, receiving.url, loopback=True)
    assert again.delivered == ("e2",)
    assert park.read_text() == ""
    first, second = (body for _, headers, body in receiving.requests if headers["webhook-id"] == "e2")
    assert first == second, "the same message, byte by byte"


def test_a_file_of_something_else_is_not_sent(tmp_path):
    (tmp_path / "x").write_text('{"id": 1}\nno json\n')
    with pytest.raises(InputError, match="x:1: this is no parked message") as refused:
        parked_messages(tmp_path / "x")
    assert len(refused.value.mistakes) == 2
    with pytest.raises(InputError, match="no such file"):
        parked_messages(tmp_path / "nothing")
