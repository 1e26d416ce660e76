"""Job boards with a public interface: where each is asked, and how its answer is read, field by field.

What the boards' dates mean (tests hold it against recorded answers):

* Greenhouse ``first_published``: when the posting went public. ``updated_at`` moves whenever anybody touches it.
* Lever ``createdAt``: when somebody began to write it, in milliseconds; it may have gone public later.
* Ashby ``publishedAt``: when it went public; postings stay open for years, and are not re-dated.
* Workable ``published_on``; one posting is repeated for each of its places, with the same ``shortcode``.
* SmartRecruiters ``releasedDate``: when it was last released. Its list holds no text, which is asked for apart.
* Recruitee ``published_at``, written ``2026-08-05 10:10:39 UTC``.
* Teamtailor ``date_published`` of its JSON feed, whose items carry schema.org postings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

from idealfit.watch.jobs import Job, Salary, day_of, declared, number_or_none, plain, text_or, unique

Answer = dict[str, Any] | list[Any]

_LABEL = re.compile(r"^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$")


class NotABoardError(ValueError):
    """An answer that is not what the board documents, or that says there is no such board."""


@dataclass(frozen=True)
class JobBoard:
    """A kind of job board: its name, its address with the company's place in it, how it is read and what it costs.

    `more` gives the address of the next page of an answer, or None. `found_in` finds the company's name in a link.
    `apart` gives, from the address of a list, where the text of one posting stands that the list does not hold.
    """

    name: str
    address: str
    read: Callable[[Answer], tuple[Job, ...]]
    found_in: re.Pattern[str]
    limits: str
    more: Callable[[Answer, str], str | None] = lambda _answer, _address: None
    apart: Callable[[str, Job], str] = lambda _address, _job: ""

    def address_of(self, company: str, address: str = "") -> str:
        """Return where the postings of a company are; `address` replaces the usual one (as tests do).

        Raises `NotABoardError` for a name that could lead elsewhere.
        """
        if not _LABEL.match(company):
            raise NotABoardError(f"{company!r} cannot be the name of a board on {self.name}")
        return (address or self.address).replace("{company}", quote(company, safe=""))


def read_board(board: JobBoard, body: str) -> tuple[tuple[Job, ...], Answer]:
    """Return the postings in a board's answer, merged where one is repeated, and the answer itself.

    Raises `NotABoardError` where it is no JSON, or not shaped as the board documents: that is never an empty board.
    """
    try:
        held = json.loads(body)
    except (ValueError, RecursionError):
        raise NotABoardError(f"{board.name} answered something that is not JSON") from None
    if not isinstance(held, dict | list):
        raise NotABoardError(f"{board.name} answered neither a list nor an object")
    try:
        jobs = board.read(held)
    except (KeyError, TypeError, AttributeError) as error:
        raise NotABoardError(f"{board.name} answered in a shape that is not its own ({error})") from None
    merged: dict[str, Job] = {}
    for job in jobs:
        before = merged.get(job.id)
        merged[job.id] = job if before is None else replace(
            before, places=unique((*before.places, *job.places)), countries=unique((*before.countries, *job.countries))
        )  # fmt: skip
    return tuple(merged.values()), held


def _items(held: Answer, name: str) -> list[Mapping[str, Any]]:
    if not isinstance(held, dict) or not isinstance(held.get(name), list):
        raise KeyError(name)
    return [item for item in held[name] if isinstance(item, dict)]


def _name(value: object) -> str:
    return text_or(value.get("name") or value.get("label")) if isinstance(value, dict) else text_or(value)


def _greenhouse(held: Answer) -> tuple[Job, ...]:
    return tuple(
        Job(
            board="greenhouse",
            id=text_or(job["id"]),
            title=text_or(job["title"]),
            company=text_or(job.get("company_name")),
            department=", ".join(unique(map(_name, job.get("departments") or ()))),
            places=unique(
                (
                    _name(job.get("location")),
                    *(text_or(o.get("location")) or _name(o) for o in job.get("offices") or ()),
                )
            ),
            remote=True if "remote" in _name(job.get("location")).lower() else None,
            posted_on=day_of(job.get("first_published")),
            date_means="published",
            updated_on=day_of(job.get("updated_at")),
            closes_on=day_of(job.get("application_deadline")),
            requisition=text_or(job.get("requisition_id")),
            language=text_or(job.get("language")),
            url=text_or(job.get("absolute_url")),
            text=plain(job.get("content"), escaped=True),
        )
        for job in _items(held, "jobs")
    )


def _lever(held: Answer) -> tuple[Job, ...]:
    if isinstance(held, dict):  # {"ok": false, "error": "Document not found"}
        raise NotABoardError(f"lever says: {text_or(held.get('error')) or 'no list of postings'}")
    return tuple(_lever_job(job) for job in held if isinstance(job, dict))


_AWAY = {"remote": True, "on-site": False, "onsite": False, "hybrid": False}


def _lever_job(job: Mapping[str, Any]) -> Job:
    sorts = job.get("categories") or {}
    pay = job.get("salaryRange")
    lists = "\n".join(f"{text_or(part.get('text'))}\n{plain(part.get('content'))}" for part in job.get("lists") or ())
    return Job(
        board="lever",
        id=text_or(job["id"]),
        title=text_or(job["text"]),
        department=text_or(sorts.get("department")),
        team=text_or(sorts.get("team")),
        places=unique((text_or(sorts.get("location")), *map(text_or, sorts.get("allLocations") or ()))),
        countries=unique((text_or(job.get("country")),)),
        remote=_AWAY.get(text_or(job.get("workplaceType"))),
        workplace=text_or(job.get("workplaceType")),
        employment=text_or(sorts.get("commitment")),
        posted_on=day_of(job.get("createdAt")),
        date_means="created",
        salary=Salary(number_or_none(pay.get("min")), number_or_none(pay.get("max")), text_or(pay.get("currency")),
                      text_or(pay.get("interval")).removesuffix("-salary").removeprefix("per-"))
        if isinstance(pay, dict) else None,
        url=text_or(job.get("hostedUrl")),
        text="\n".join(filter(None, (plain(job.get("descriptionPlain")), lists, plain(job.get("additionalPlain")),
                                      plain(job.get("salaryDescriptionPlain"))))),
    )  # fmt: skip


def _ashby(held: Answer) -> tuple[Job, ...]:
    return tuple(_ashby_job(job) for job in _items(held, "jobs") if job.get("isListed", True))


def _ashby_job(job: Mapping[str, Any]) -> Job:
    addresses = [job.get("address"), *(place.get("address") for place in job.get("secondaryLocations") or ())]
    postal = [a["postalAddress"] for a in addresses if isinstance(a, dict) and isinstance(a.get("postalAddress"), dict)]
    pay = next(
        (
            part
            for part in (job.get("compensation") or {}).get("summaryComponents") or ()
            if part.get("compensationType") == "Salary"
        ),
        None,
    )
    return Job(
        board="ashby",
        id=text_or(job["id"]),
        title=text_or(job["title"]),
        department=text_or(job.get("department")),
        team=text_or(job.get("team")),
        places=unique(
            (text_or(job.get("location")), *(text_or(p.get("location")) for p in job.get("secondaryLocations") or ()))
        ),
        countries=unique(text_or(address.get("addressCountry")) for address in postal),
        remote=job.get("isRemote") if isinstance(job.get("isRemote"), bool) else None,
        workplace=text_or(job.get("workplaceType")).lower(),
        employment=text_or(job.get("employmentType")),
        posted_on=day_of(job.get("publishedAt")),
        date_means="published",
        salary=Salary(number_or_none(pay.get("minValue")), number_or_none(pay.get("maxValue")),
                      text_or(pay.get("currencyCode")), text_or(pay.get("interval")).lower().removeprefix("1 "))
        if pay else None,
        url=text_or(job.get("jobUrl")),
        text=plain(job.get("descriptionPlain")) or plain(job.get("descriptionHtml")),
    )  # fmt: skip


def _workable(held: Answer) -> tuple[Job, ...]:
    company = text_or(held.get("name")) if isinstance(held, dict) else ""
    return tuple(
        Job(
            board="workable",
            id=text_or(job["shortcode"]),
            title=text_or(job["title"]),
            company=company,
            department=text_or(job.get("department")),
            places=unique(_place(p, "city", "region", "country") for p in job.get("locations") or [job]),
            countries=unique(text_or(p.get("countryCode") or p.get("country")) for p in job.get("locations") or [job]),
            remote=job.get("telecommuting") if isinstance(job.get("telecommuting"), bool) else None,
            employment=text_or(job.get("employment_type")),
            posted_on=day_of(job.get("published_on")) or day_of(job.get("created_at")),
            date_means="published" if day_of(job.get("published_on")) else "created",
            url=text_or(job.get("url")),
            text=plain(job.get("description")),
        )
        for job in _items(held, "jobs")
    )


def _place(place: Mapping[str, Any], *names: str) -> str:
    return ", ".join(unique(text_or(place.get(name)) for name in names))


def _smartrecruiters(held: Answer) -> tuple[Job, ...]:
    return tuple(
        Job(
            board="smartrecruiters",
            id=text_or(job["id"]),
            title=text_or(job["name"]),
            company=_name(job.get("company")),
            department=_name(job.get("department")),
            team=_name(job.get("function")),
            places=unique(
                (text_or((job.get("location") or {}).get("fullLocation"))
                 or _place(job.get("location") or {}, "city", "region", "country"),)
            ),
            countries=unique((text_or((job.get("location") or {}).get("country")).upper(),)),
            remote=(job.get("location") or {}).get("remote"),
            workplace="hybrid" if (job.get("location") or {}).get("hybrid") else "",
            employment=_name(job.get("typeOfEmployment")),
            seniority=_name(job.get("experienceLevel")),
            industry=_name(job.get("industry")),
            posted_on=day_of(job.get("releasedDate")),
            date_means="released",
            requisition=text_or(job.get("refNumber")),
            language=text_or((job.get("language") or {}).get("code")),
            url="https://jobs.smartrecruiters.com/"
            f"{quote(text_or((job.get('company') or {}).get('identifier')))}/{text_or(job['id'])}",
        )
        for job in _items(held, "content")
    )  # fmt: skip


def _next_smartrecruiters(held: Answer, address: str) -> str | None:
    if not isinstance(held, dict):
        return None
    after = int(held.get("offset") or 0) + int(held.get("limit") or 100)
    if after >= int(held.get("totalFound") or 0) or not held.get("content"):
        return None
    return re.sub(r"offset=\d+", f"offset={after}", address)


def _apart_smartrecruiters(address: str, job: Job) -> str:
    return f"{address.partition('?')[0]}/{quote(job.id, safe='')}"


def text_apart(body: str) -> str:
    r"""Return the text in the answer on one posting, section by section; empty where it holds none.

    >>> text_apart('{"jobAd":{"sections":{"jobDescription":{"title":"Job","text":"<p>Sell &amp; grow.</p>"}}}}')
    'Job\nSell & grow.'
    """
    try:
        sections = json.loads(body)["jobAd"]["sections"]
        parts = [(part.get("title"), part.get("text")) for part in sections.values() if isinstance(part, dict)]
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return "\n".join(filter(None, (piece for title, text in parts for piece in (text_or(title), plain(text)))))


def _recruitee(held: Answer) -> tuple[Job, ...]:
    return tuple(_recruitee_job(job) for job in _items(held, "offers") if job.get("status", "published") == "published")


def _recruitee_job(job: Mapping[str, Any]) -> Job:
    pay = job.get("salary") if isinstance(job.get("salary"), dict) else None
    spots = [place for place in job.get("locations") or () if isinstance(place, dict)]
    low, high = (number_or_none(pay.get("min")), number_or_none(pay.get("max"))) if pay else (None, None)
    return Job(
        board="recruitee",
        id=text_or(job["id"]),
        title=text_or(job["title"]),
        company=text_or(job.get("company_name")),
        department=text_or(job.get("department")),
        places=unique((text_or(job.get("location")), *(_place(p, "city", "state", "country") for p in spots))),
        countries=unique((text_or(job.get("country_code")), *(text_or(p.get("country_code")) for p in spots))),
        remote=job.get("remote") if isinstance(job.get("remote"), bool) else None,
        workplace=next((name for name in ("remote", "hybrid", "on_site") if job.get(name)), ""),
        employment=text_or(job.get("employment_type_code")),
        seniority=text_or(job.get("experience_code")),
        posted_on=day_of(job.get("published_at")) or day_of(job.get("created_at")),
        date_means="published" if job.get("published_at") else "created",
        updated_on=day_of(job.get("updated_at")),
        closes_on=day_of(job.get("close_at")),
        salary=Salary(low, high, text_or(pay.get("currency")), text_or(pay.get("period")))
        if pay and (low is not None or high is not None) else None,
        language=next(iter(job.get("translations") or {}), ""),
        url=text_or(job.get("careers_url")),
        text="\n".join(filter(None, (plain(job.get("description")), plain(job.get("requirements"))))),
    )  # fmt: skip


def _teamtailor(held: Answer) -> tuple[Job, ...]:
    company = text_or(held.get("title")) if isinstance(held, dict) else ""
    return tuple(
        replace(
            declared(item.get("_jobposting") or {"@type": "JobPosting"}, text_or(item.get("url")), "teamtailor"),
            id=text_or(item["id"]),
            title=text_or(item["title"]),
            company=company,
            posted_on=day_of(item.get("date_published")),
            date_means="published",
        )
        for item in _items(held, "items")
    )


JOB_BOARDS: Mapping[str, JobBoard] = {
    board.name: board
    for board in (
        JobBoard(
            "greenhouse", "https://boards-api.greenhouse.io/v1/boards/{company}/jobs?content=true", _greenhouse,
            re.compile(r"(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_board\?for=)?([\w-]+)"),
            "free, no key; all postings of a company in one answer",
        ),
        JobBoard(
            "lever", "https://api.lever.co/v0/postings/{company}?mode=json", _lever,
            re.compile(r"jobs(?:\.eu)?\.lever\.co/([\w-]+)"), "free, no key; one request a second",
        ),
        JobBoard(
            "ashby", "https://api.ashbyhq.com/posting-api/job-board/{company}?includeCompensation=true", _ashby,
            re.compile(r"jobs\.ashbyhq\.com/([\w-]+)"), "free, no key; all postings of a company in one answer",
        ),
        JobBoard(
            "workable", "https://apply.workable.com/api/v1/widget/accounts/{company}?details=true", _workable,
            re.compile(r"apply\.workable\.com/([\w-]+)"), "free, no key; refuses early, so one request a second",
        ),
        JobBoard(
            "smartrecruiters", "https://api.smartrecruiters.com/v1/companies/{company}/postings?limit=100&offset=0",
            _smartrecruiters, re.compile(r"(?:careers|jobs)\.smartrecruiters\.com/([\w-]+)"),
            "free, no key; a hundred postings an answer, the text of each apart", _next_smartrecruiters,
            _apart_smartrecruiters,
        ),
        JobBoard(
            "recruitee", "https://{company}.recruitee.com/api/offers/", _recruitee,
            re.compile(r"//([\w-]+)\.recruitee\.com"), "free, no key; all postings of a company in one answer",
        ),
        JobBoard(
            "teamtailor", "https://{company}.teamtailor.com/jobs.json", _teamtailor,
            re.compile(r"//([\w-]+)\.teamtailor\.com"), "free, no key; a JSON feed",
        ),
    )
}  # fmt: skip
"""Every board that is read, by name."""


def boards_in(links: Mapping[str, str] | list[str] | tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the boards that links lead to, as (board, company), each once.

    >>> boards_in(["https://jobs.lever.co/acme/123", "https://acme.recruitee.com/o/driver", "https://www.lever.co/"])
    (('lever', 'acme'), ('recruitee', 'acme'))
    """
    found: dict[tuple[str, str], None] = {}
    for link in links:
        if urlsplit(link).scheme in ("http", "https"):
            for board in JOB_BOARDS.values():
                hit = board.found_in.search(link)
                if hit and hit[1] not in ("embed", "api", "www", "app", "j"):
                    found.setdefault((board.name, hit[1]))
    return tuple(found)
