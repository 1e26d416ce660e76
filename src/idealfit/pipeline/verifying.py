"""A criterion checked on a company's site: verify."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from idealfit.errors import InputError, Mistake
from idealfit.pipeline.inputs import as_day, quiet
from idealfit.store import open_store
from idealfit.watch import keeping
from idealfit.watch.asking import model
from idealfit.watch.board_source import with_texts
from idealfit.watch.fetching import Fetcher
from idealfit.watch.job_boards import JOB_BOARDS, NotABoardError, boards_in, read_board
from idealfit.watch.keeping import PAGES, Kept
from idealfit.watch.page_text import read_page
from idealfit.watch.questions import understand
from idealfit.watch.sites import MOST_PAGES, WANTED, SiteRead, crawl, read_files
from idealfit.watch.technologies import rules_from
from idealfit.watch.verdicts import Answer, Boards
from idealfit.watch.verifying import verify as answer_to

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from idealfit.pipeline.inputs import Day
    from idealfit.store import Store

FRESH = timedelta(days=1)
"""A page that was kept less than a day ago is not fetched again for the same question."""


def verify(
    criterion: str,
    site: str | Path,
    *,
    store: str | Path | None = None,
    fetch: bool = True,
    boards: Sequence[str] = (),
    rules: str | Path | None = None,
    ask: str | None = None,
    repeats: int = 3,
    as_of: Day = None,
    contact: str = "",
    private: Sequence[str] = (),
    most: int = MOST_PAGES,
    progress: Callable[[str, float], None] = quiet,
) -> Answer:
    """Return whether a company's site shows that a criterion is met: yes, no or unknown, with quotes.

    `site` is an address, a folder or a file of saved pages. With a `store`, what is fetched is kept there, and
    ``fetch=False`` answers from what is kept already. `boards` names job boards as ``board:company``; `rules` is a file
    of technology rules; `ask` a program that answers free questions. `private` lists networks that may be reached.
    """
    if not criterion.strip():
        raise InputError(
            Mistake("there is no criterion", found=criterion, next_step="Say what to look for, in quotes.")
        )
    question = understand(criterion)
    today = as_day(as_of) or datetime.now(UTC).date()
    chosen = rules_from(rules) if rules else None
    asked = model(ask, repeats) if ask else None
    kept_in = open_store(store, PAGES) if store else None
    try:
        progress("reading the site", 0.1)
        if Path(site).exists():
            read, board_pages = read_files(site), Boards()
        elif not fetch:
            read, board_pages = _kept_before(kept_in, str(site)), Boards()
        else:
            with Fetcher(contact=contact, private=private) as fetcher:
                read, board_pages = _fetched(
                    str(site), question.subject, boards, fetcher=fetcher, store=kept_in, most=most
                )
        progress("looking for it", 0.8)
        return answer_to(question, read, today, boards=board_pages, rules=chosen, ask=asked)
    finally:
        if kept_in:
            kept_in.close()


def _kept_before(store: Store | None, site: str) -> SiteRead:
    if store is None:
        raise InputError(Mistake("without fetching, pages must have been kept", next_step="Name where with --store."))
    start = site if urlsplit(site).scheme else f"https://{site}"
    pages = keeping.pages_of(store, start)
    if not pages:
        raise InputError(Mistake("nothing is kept of this site", found=site, next_step="Fetch it first, with --store."))
    return SiteRead(start, tuple(pages))


def _fetched(
    site: str, subject: str, named: Sequence[str], *, fetcher: Fetcher, store: Store | None, most: int
) -> tuple[SiteRead, Boards]:
    """Return what the site and the company's job boards answered, and keep it."""
    if urlsplit(site).scheme not in ("", "http", "https") or "." not in site.replace("localhost", "."):
        raise InputError(
            Mistake("this is neither an address nor saved pages", "--site", site, "a web address, a folder or a file")
        )

    def again(url: str) -> Kept | None:
        kept = keeping.latest(store, url) if store else None
        return kept if kept and datetime.now(UTC) - kept.seen_at < FRESH else None

    def keep(answer: object) -> None:
        if store:
            keeping.keep(store, [answer])  # type: ignore[list-item]

    read = crawl(site, fetcher, WANTED[subject], most=most, keep=keep, again=again)
    if subject not in ("jobs", "technology"):
        return read, Boards()
    links = [link.url for kept in read.pages for link in kept.page.links] + [
        s for kept in read.pages for s in kept.page.scripts
    ]
    found = dict.fromkeys((*(_board(name) for name in named), *boards_in(links)))
    return read, ask_boards(tuple(found), fetcher, keep)


def _board(name: str) -> tuple[str, str]:
    board, _, company = name.partition(":")
    if board not in JOB_BOARDS or not company:
        raise InputError(
            Mistake("this names no job board", "--board", name, f"BOARD:COMPANY, BOARD one of {', '.join(JOB_BOARDS)}")
        )
    return board, company


def ask_boards(found: Sequence[tuple[str, str]], fetcher: Fetcher, keep: Callable[[object], None]) -> Boards:
    """Return the postings of job boards, each with the page that holds it; an unknown or failing board is named."""
    jobs, read, failed = [], [], []
    for name, company in found:
        board = JOB_BOARDS[name]
        try:
            address: str | None = board.address_of(company)
        except NotABoardError as error:
            failed.append(f"{name}:{company} ({error})")
            continue
        while address:
            answer = fetcher.fetch(address, for_programs=True)
            keep(answer)
            if answer.state != "ok":
                why = "there is no such board" if answer.state == "not found" else answer.note or answer.state
                failed.append(f"{name}:{company} ({why})")
                break
            try:
                postings, held = read_board(board, answer.text)
            except NotABoardError as error:
                failed.append(f"{name}:{company} ({error})")
                break
            whole, apart = with_texts(board, address, list(postings), fetcher)
            for one in apart:
                keep(one)
            said = [part for job in whole for part in (job.title, *job.places, *job.text.split("\n"))]
            lines = "".join(f"<p>{line}</p>" for line in _lines(said))
            kept = Kept(address, answer.final_url, answer.seen_at, answer.sha256, read_page(lines, address))
            jobs += [(job, kept) for job in whole]
            address = board.more(held, address)
        else:
            read.append(f"{name}:{company}")
    return Boards(tuple(jobs), tuple(read), tuple(failed))


def _lines(texts: Sequence[str]) -> list[str]:
    return [text.replace("&", "&amp;").replace("<", "&lt;") for text in texts]
