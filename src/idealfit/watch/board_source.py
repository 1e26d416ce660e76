"""Job boards as a source: postings that are new, and hiring that grows or stops.

A posting is an event of its own, named by its board and number, so no other telling is taken for it. On the first look,
postings of the last ninety days are told with the day they were posted; older ones are evergreen and only remembered.
Later, a number that was not there before is new, whatever its date says. A posting is gone only if a fetch that
succeeded does not show it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from idealfit.watch.asked import Asked, Found
from idealfit.watch.careers import BOARD, careers_page, declared_on
from idealfit.watch.fetching import Fetched, Fetcher
from idealfit.watch.job_boards import JOB_BOARDS, JobBoard, NotABoardError, boards_in, read_board, text_apart
from idealfit.watch.mentions import Mention

if TYPE_CHECKING:
    from idealfit.watch.jobs import Job
    from idealfit.watch.watch_tables import Watched

RECENT = timedelta(days=90)
MONTH = timedelta(days=28)
MOST_TEXTS = 20
"""So many texts of postings are asked for at a time; a posting counts without its text as well."""

LEAST_CHANGE = 3
"""Fewer postings more than a month ago are no growth."""


def ask(watched: Watched, asked: Asked) -> Found:
    """Return the postings of a company's boards that are new, and how its hiring changed."""
    given = [str(board) for board in watched.known_as.get("boards", ())]
    wrong = [board for board in given if board.partition(":")[0].lower() not in JOB_BOARDS or ":" not in board]
    if wrong:
        boards = ", ".join(JOB_BOARDS)
        return Found(
            "unknown", f"{', '.join(wrong)} names no board: write it like greenhouse:acme, with one of {boards}"
        )
    named = [(board.partition(":")[0].lower(), board.partition(":")[2]) for board in given]
    found = [(name, company) for name, _, company in (str(b).partition(":") for b in asked.snapshot.get("found", ()))]
    if named or found:
        return _of_boards(watched, asked, named or found, [])
    if not watched.domain:
        return Found("nothing to ask", "no job board is known")
    home = asked.fetch(asked.addresses.get("site", "https://{domain}/").replace("{domain}", watched.domain))
    if home.state != "ok":
        missing = home.state in ("not found", "unreachable")
        return Found("unknown" if missing else "failed", f"the home page: {home.note or home.state}", answers=(home,))
    answers, where = [home], careers_page(home)
    linked = boards_in(_links(home))
    if not linked and where:
        answers.append(asked.fetch(where))
        linked = boards_in(_links(answers[-1]))
    if linked:
        return _of_boards(watched, asked, list(linked), answers)
    if not where:
        return Found("nothing to ask", "no job board is known, and no careers page", answers=tuple(answers))
    return _of_careers(watched, asked, answers)


def _of_boards(watched: Watched, asked: Asked, boards: list[tuple[str, str]], answers: list[Fetched]) -> Found:
    """Return what job boards tell."""
    before: dict[str, Any] = dict(asked.snapshot.get("boards", {}))
    after = dict(before)
    told: list[Mention] = []
    notes, states = [], set()
    for name, company in boards:
        key = f"{name}:{company}"
        jobs, fetched, state, note = _asked(name, company, asked, before.get(key, {}).get("read", ""))
        answers += fetched
        states.add(state)
        notes.append(f"{key}: {note}")
        if jobs is None:
            continue
        looked_on = max(before.get(key, {}).get("counts", {}), default=None)
        seen: dict[str, str] = dict(before.get(key, {}).get("jobs", {}))
        new = {job.id for job in jobs} - set(seen)
        jobs, apart = with_texts(JOB_BOARDS[name], fetched[0].url, jobs, asked.fetcher, new)
        answers += apart
        for job in jobs:
            if job.id in new:
                mention = _posted(watched, asked, job, fetched[-1], looked_on=looked_on)
                told += [mention] if mention else []
        after[key] = {
            "jobs": {job.id: seen.get(job.id, asked.today.isoformat()) for job in jobs},
            "counts": _counts(before.get(key, {}).get("counts", {}), len(jobs), asked.today),
            "read": fetched[0].sha256 if len(fetched) == 1 else "",  # of several pages, one unchanged tells nothing
        }
        told += _change(watched, asked, key, after[key]["counts"], fetched[-1])
    order = ("failed", "unknown", "ok", "empty", "unchanged")
    state = next(one for one in order if one in states)
    snapshot = {"boards": after, "found": [f"{n}:{c}" for n, c in boards]}
    return Found(state, "; ".join(notes), tuple(told), tuple(answers), snapshot)  # type: ignore[arg-type]


def _of_careers(watched: Watched, asked: Asked, answers: list[Fetched]) -> Found:
    """Return what the postings tell that the careers page declares itself; the page is the last of `answers`."""
    page, before = answers[-1], dict(asked.snapshot.get("careers", {}))
    if page.state != "ok":
        return Found("failed", f"the careers page: {page.note or page.state}", answers=tuple(answers))
    seen: dict[str, str] = dict(before.get("jobs", {}))
    read = declared_on(page, asked, seen, before.get("besides", ()))
    answers = [*answers, *read.answers]
    if not read.jobs:
        why = "no job board is known, and the careers page declares no postings"
        return Found("failed" if read.missed else "nothing to ask", why, answers=tuple(answers))
    looked_on = max(before.get("counts", {}), default=None)
    shown = {answer.url: answer for answer in read.answers}
    told = [
        mention
        for job in read.jobs
        if job.id not in seen
        if (mention := _posted(watched, asked, job, shown.get(job.id, page), looked_on=looked_on))
    ]
    counts = dict(before.get("counts", {}))
    if not read.missed:  # else what is read next time was there all along, and is no growth
        counts = _counts(counts, len(read.jobs), asked.today)
        told += _change(watched, asked, f"{BOARD}:{watched.domain}", counts, page)
    held = {
        "jobs": {job.id: seen.get(job.id, asked.today.isoformat()) for job in read.jobs},
        "counts": counts,
        "besides": list(read.besides),
    }
    words = f"careers page: {len(read.jobs)} open postings" + f", {read.missed} pages not read" * bool(read.missed)
    return Found("ok", words, tuple(told), tuple(answers), {"careers": held})


def _links(answer: Fetched) -> list[str]:
    return [link.url for link in answer.page.links] + list(answer.page.scripts)


def _asked(name: str, company: str, asked: Asked, read: str) -> tuple[list[Job] | None, list[Fetched], str, str]:
    """Return the postings of one board (None where nothing is known), what was fetched, the state, and words."""
    board = JOB_BOARDS[name]
    try:
        address: str | None = board.address_of(company, asked.addresses.get(name, ""))
    except NotABoardError as error:
        return None, [], "unknown", str(error)
    jobs: list[Job] = []
    fetched: list[Fetched] = []
    while address and len(fetched) < 50:
        answer = asked.fetch(address, for_programs=True, read=(read,) if read and not fetched else ())
        fetched.append(answer)
        if answer.state == "unchanged":
            return None, fetched, "unchanged", "unchanged"
        if answer.state == "not found":
            return None, fetched, "unknown", "there is no such board"
        if answer.state != "ok":
            return None, fetched, "failed", answer.note or f"{answer.state} ({answer.status})"
        try:
            found, held = read_board(board, answer.text)
        except NotABoardError as error:
            return None, fetched, "failed", str(error)
        jobs += found
        address = board.more(held, address)
    return jobs, fetched, "ok" if jobs else "empty", f"{len(jobs)} open postings" if jobs else "the board is empty"


def with_texts(
    board: JobBoard, address: str, jobs: list[Job], fetcher: Fetcher, wanted: Collection[str] | None = None
) -> tuple[list[Job], list[Fetched]]:
    """Return postings with the texts that their board keeps apart, of up to `MOST_TEXTS` wanted ones, and answers."""
    answers: list[Fetched] = []
    found: list[Job] = []
    for job in jobs:
        where = board.apart(address, job)
        if where and not job.text and (wanted is None or job.id in wanted) and len(answers) < MOST_TEXTS:
            answers.append(fetcher.fetch(where, for_programs=True))
            found.append(replace(job, text=text_apart(answers[-1].text)))
        else:
            found.append(job)
    return found, answers


def _posted(watched: Watched, asked: Asked, job: Job, answer: Fetched, *, looked_on: str | None) -> Mention | None:
    """Return the telling of a new posting; None for one that was there before we first looked.

    A new posting that bears an old date was posted on a day that is not known.
    """
    recent = job.posted_on is not None and timedelta() <= asked.today - job.posted_on <= RECENT
    day = job.posted_on if recent else None
    if looked_on is None and day is None:
        return None
    facts = {
        **({} if day else asked.doubt_since(looked_on)),
        "role": job.title,
        "department": job.department,
        "place": job.places[0] if job.places else "",
        "date means": job.date_means,
    }
    return Mention(
        watched.company,
        "job posted",
        job.title,
        job.board,
        f"{job.board}:{job.id}",
        asked.now,
        day,
        url=job.url or answer.final_url,
        quote=job.title,
        sha256=answer.sha256,
        strength="own words",
        natural=f"job:{job.board}:{job.id}",
        facts={name: value for name, value in facts.items() if value},
    )


def _counts(before: dict[str, int], now: int, today: date) -> dict[str, int]:
    """Return how many postings there were on each day we looked, for a year."""
    kept = {day: count for day, count in before.items() if date.fromisoformat(day) > today - timedelta(days=365)}
    return {**kept, today.isoformat(): now}


def _change(watched: Watched, asked: Asked, key: str, counts: dict[str, int], answer: Fetched) -> list[Mention]:
    """Return the telling of hiring that grew by half within a month, or stopped."""
    past = [day for day in counts if date.fromisoformat(day) <= asked.today - MONTH]
    if not past:
        return []
    then, now = counts[max(past)], counts[asked.today.isoformat()]
    if now == 0 and then >= 5:
        kind, words = "hiring stopped", f"all {then} postings are gone"
    elif now >= then * 1.5 and now - then >= LEAST_CHANGE:
        kind, words = "hiring growth", f"from {then} to {now} postings in a month"
    else:
        return []
    month = f"{asked.today:%Y-%m}"
    return [
        Mention(
            watched.company,
            kind,
            words,
            key.partition(":")[0],
            f"{key}:{kind}:{month}",
            asked.now,
            url=answer.final_url,
            sha256=answer.sha256,
            strength="own words",
            natural=f"row:{kind}:{key}:{month}",
            facts={"before": str(then), "after": str(now), **asked.doubt_since(max(past))},
        )
    ]
