"""One page brought home: safely, politely, within bounds, and with an honest word on how it went.

`Fetcher.fetch` never raises for what a server or a network does: the answer's `state` says it. A 404, a 429, a time-out
and a private address are different answers, because what may be concluded from each is different.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

import httpx

from idealfit.version import __version__
from idealfit.watch.decoding import TooLargeError, Unpacker, UnreadableError, text_of
from idealfit.watch.network import CheckedTransport, Resolver, UnsafeAddressError, addresses_of
from idealfit.watch.page_text import Page, read_page
from idealfit.watch.politeness import PACES, Pace, Turns
from idealfit.watch.robots import AGENT, Robots, RobotsAnswer
from idealfit.watch.states import AGAIN, State

if TYPE_CHECKING:
    from types import TracebackType

LONGEST_WAIT = 30.0
"""A host that asks for more patience than these seconds gets it: the answer is given back with `retry_after`."""


@dataclass(frozen=True)
class Bounds:
    """The most that one fetch may cost: bytes on the wire and unpacked, seconds, redirects, tries."""

    bytes_sent: int = 5_000_000
    bytes_unpacked: int = 10_000_000
    seconds: float = 30.0
    seconds_silent: float = 10.0
    redirects: int = 5
    tries: int = 3


@dataclass(frozen=True)
class Fetched:
    """What came of asking for `url`: its state, and the body where there was one.

    `seen_at` is the time of the answer in UTC, `final_url` where redirects led, `sha256` the hash of the unpacked body.
    `retry_after` is set where the host asked for patience. `note` says in words what went wrong. `headers` are those
    that tell something of who answered; of a cookie only its name is taken, since its value may be a secret.
    """

    url: str
    seen_at: datetime
    state: State
    final_url: str = ""
    status: int = 0
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    body: bytes = field(default=b"", repr=False)
    note: str = ""
    retry_after: float | None = None
    tries: int = 1
    headers: tuple[tuple[str, str], ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The hash of the body."""
        return sha256(self.body).hexdigest()

    @cached_property
    def text(self) -> str:
        """The body as text, whatever encoding it came in."""
        return text_of(self.body, self.content_type)

    @cached_property
    def page(self) -> Page:
        """The body read as a page; read once, however often it is asked for."""
        return read_page(self.text, self.final_url)


@dataclass(frozen=True)
class Known:
    """What is already known of a page, so that a server may answer that nothing changed.

    `sha256` names the body that is kept of it, `final_url` where it came from in the end.
    """

    etag: str = ""
    last_modified: str = ""
    sha256: str = ""
    final_url: str = ""


UNTELLING = frozenset(
    "age cache-control connection content-encoding content-length content-security-policy content-type date etag "
    "expires keep-alive last-modified permissions-policy pragma referrer-policy report-to nel retry-after "
    "strict-transport-security transfer-encoding vary x-content-type-options x-frame-options x-xss-protection".split()
)
"""Headers that tell nothing of what a site is made with."""

MOST_HEADERS = 40


def now_utc() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


class Fetcher:
    """Fetches pages for many companies at a time; safe to be called from several threads.

    `contact` (a page or an address) is sent to every host, so that its owner can ask us to stop. `private` lists
    networks that may be reached although they are not public, such as ``127.0.0.1`` in a test. `paces` and `pace` say
    how often hosts are asked. Clock, sleep, resolver and seed are arguments.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        private: Iterable[str] = (),
        paces: Mapping[str, Pace] = PACES,
        pace: Pace | None = None,
        bounds: Bounds | None = None,
        now: Callable[[], datetime] = now_utc,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: Resolver = addresses_of,
        seed: int = 0,
    ) -> None:
        self.contact = contact
        self._bounds = bounds or Bounds()
        self._now = now
        self._monotonic = monotonic
        self._sleep = sleep
        self._random = random.Random(seed)  # noqa: S311  spreads retries; nothing is kept secret with it
        self._turns = Turns(monotonic, sleep, paces, pace)
        self._robots = Robots(self._ask_robots, monotonic)
        self._client = httpx.Client(
            transport=CheckedTransport(private, resolve),
            timeout=httpx.Timeout(self._bounds.seconds_silent),
            trust_env=False,
            follow_redirects=False,
            headers={
                "User-Agent": f"{AGENT}/{__version__}" + (f" ({contact})" if contact else ""),
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "en, *;q=0.5",
            },
        )

    def __enter__(self) -> Fetcher:
        """Return itself."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def fetch(self, url: str, known: Known | None = None, *, for_programs: bool = False) -> Fetched:
        """Return what came of fetching `url`, after as many tries as the bounds allow.

        With `known`, the server may answer that nothing changed. `for_programs` marks an address that its publisher
        documents for programs: robots.txt, which speaks to crawlers, then only sets the pace.
        """
        for attempt in range(1, self._bounds.tries + 1):
            began = self._monotonic()
            answer = replace(self._follow(url, known or Known(), for_programs=for_programs), tries=attempt)
            endless = self._monotonic() - began >= self._bounds.seconds  # it would take as long once more
            if answer.state not in AGAIN or attempt == self._bounds.tries or endless:
                break
            wait = self._random.uniform(0.5, 1.0) * 2 ** (attempt - 1)
            if answer.retry_after is not None:
                if answer.retry_after > LONGEST_WAIT:
                    break
                wait = max(wait, answer.retry_after)
            self._sleep(wait)
        return answer

    def _follow(self, url: str, known: Known, *, for_programs: bool) -> Fetched:
        """Fetch once, through all redirects, each of which is checked like a first address."""
        deadline = self._monotonic() + self._bounds.seconds
        at = url
        for _hop in range(self._bounds.redirects + 1):
            wrong = self._wrong_with(at)
            if wrong:
                return self._answer(url, "unsafe", final_url=at, note=wrong)
            address = httpx.URL(at)
            origin = _origin(address)
            refusal = None if for_programs else self._robots.refusal(origin, at)
            if refusal:
                return self._answer(url, refusal.failed or "disallowed", final_url=at, note=refusal.note)
            with self._turns.turn(address.host, self._robots.delay(origin)):
                answer = self._ask(url, at, known if at == (known.final_url or url) else Known(), deadline)
            if isinstance(answer, Fetched):
                if answer.retry_after is not None:
                    self._turns.silence(address.host, answer.retry_after)
                return answer
            at = answer
        return self._answer(url, "redirected too often", final_url=at, note=f"over {self._bounds.redirects} redirects")

    def _wrong_with(self, url: str) -> str:
        """Return what makes an address one that is never asked for, or nothing."""
        try:
            address = httpx.URL(url)
        except (httpx.InvalidURL, ValueError, TypeError) as error:
            return f"not an address: {error}"
        if address.scheme not in ("http", "https"):
            return f"not a web address ({address.scheme or 'no'} scheme)"
        if address.userinfo:
            return "an address with a name or password in it"
        return "" if address.host else "an address without a host"

    def _ask(self, url: str, at: str, known: Known, deadline: float) -> Fetched | str:
        """Send one request; return the answer, or the address that it redirects to."""
        headers = {}
        if known.etag:
            headers["If-None-Match"] = known.etag
        if known.last_modified:
            headers["If-Modified-Since"] = known.last_modified
        try:
            with self._client.stream("GET", at, headers=headers) as response:
                place = response.headers.get("location", "")
                if response.status_code in (301, 302, 303, 307, 308) and place:
                    return str(httpx.URL(at).join(place).copy_with(fragment=None))
                facts = Fetched(
                    url=url,
                    seen_at=self._now(),
                    state=_state(response.status_code),
                    final_url=at,
                    status=response.status_code,
                    content_type=response.headers.get("content-type", ""),
                    etag=response.headers.get("etag", ""),
                    last_modified=response.headers.get("last-modified", ""),
                    headers=_telling(response.headers),
                    retry_after=self._patience(response.headers.get("retry-after", "")),
                )
                if facts.state == "unchanged":
                    return facts
                return replace(facts, body=self._body(response, deadline))
        except UnsafeAddressError as error:
            return self._answer(url, "unsafe", final_url=at, note=str(error))
        except TooLargeError as error:
            return self._answer(url, "too large", final_url=at, note=str(error))
        except UnreadableError as error:
            return self._answer(url, "unreadable", final_url=at, note=str(error))
        except httpx.TimeoutException:
            return self._answer(url, "timed out", final_url=at, note="no answer in time")
        except (httpx.TransportError, httpx.InvalidURL, ValueError, OSError) as error:
            return self._answer(url, "unreachable", final_url=at, note=str(error) or type(error).__name__)

    def _body(self, response: httpx.Response, deadline: float) -> bytes:
        bounds = self._bounds
        announced = response.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > bounds.bytes_sent:
            raise TooLargeError(f"{int(announced):,} bytes announced")
        unpacker = Unpacker(response.headers.get("content-encoding", ""), bounds.bytes_unpacked)
        pieces: list[bytes] = []
        sent = 0
        for piece in response.iter_raw():
            sent += len(piece)
            if sent > bounds.bytes_sent:
                raise TooLargeError(f"over {bounds.bytes_sent:,} bytes")
            if self._monotonic() > deadline:
                raise httpx.ReadTimeout("the whole took too long")
            pieces.append(unpacker.more(piece))
        if sent and not unpacker.finished():
            raise UnreadableError("it broke off in the middle")
        return b"".join(pieces)

    def _ask_robots(self, address: str) -> RobotsAnswer:
        """Return the rules of a host: no file means no rules, a server that fails means that nothing is known."""
        at = address
        deadline = self._monotonic() + self._bounds.seconds
        for _hop in range(self._bounds.redirects + 1):
            wrong = self._wrong_with(at)
            answer = self._answer(address, "unsafe", note=wrong) if wrong else self._ask(address, at, Known(), deadline)
            if isinstance(answer, str):
                at = answer
            elif answer.state == "ok":
                return RobotsAnswer(answer.text)
            elif answer.state in ("not found", "refused"):
                return RobotsAnswer()
            else:
                reason = answer.note or f"status {answer.status}"
                return RobotsAnswer(failed=answer.state, note=f"its robots.txt could not be read: {reason}")
        return RobotsAnswer()

    def _patience(self, header: str) -> float | None:
        """Return the seconds of a Retry-After header, which are a number or a date."""
        if header.strip().isdecimal():
            return float(header)
        try:
            return max(0.0, (parsedate_to_datetime(header) - self._now()).total_seconds())
        except (ValueError, TypeError):
            return None

    def _answer(self, url: str, state: State, *, final_url: str = "", note: str = "") -> Fetched:
        return Fetched(url=url, seen_at=self._now(), state=state, final_url=final_url or url, note=note)


def _origin(address: httpx.URL) -> str:
    return f"{address.scheme}://{address.netloc.decode('ascii')}"


def _telling(headers: httpx.Headers) -> tuple[tuple[str, str], ...]:
    """Return the headers that may tell what a site is made with; of cookies their names."""
    told = []
    for name, value in headers.multi_items():
        if name == "set-cookie":
            told.append((name, value.partition("=")[0].strip()[:100]))
        elif name not in UNTELLING:
            told.append((name, value[:300]))
    return tuple(told[:MOST_HEADERS])


def _state(status: int) -> State:
    """Return what a status means; an answer of no kind is a server's error.

    >>> [_state(status) for status in (200, 304, 404, 410, 403, 429, 503)]
    ['ok', 'unchanged', 'not found', 'not found', 'refused', 'rate limited', 'server error']
    """
    if status == 304:
        return "unchanged"
    if 200 <= status < 300:
        return "ok"
    if status in (404, 410):
        return "not found"
    if status == 429:
        return "rate limited"
    return "refused" if 400 <= status < 500 else "server error"
