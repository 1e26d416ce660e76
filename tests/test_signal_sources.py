"""Job boards, filings and feeds read to the last field: inventions of their shape, and recorded answers if there."""

from __future__ import annotations

import json
import os
import re
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from idealfit.errors import InputError
from idealfit.watch.current_reports import told_by_8k
from idealfit.watch.feeds import NotAFeedError, read_feed
from idealfit.watch.filings import NotAFilingError, filer, form_d
from idealfit.watch.job_boards import JOB_BOARDS, NotABoardError, boards_in, read_board
from idealfit.watch.jobs import postings_on, without_contacts
from idealfit.watch.page_text import read_page
from idealfit.watch.sources import SIGNAL_SOURCES, chosen

SHARED = Path(os.environ.get("IDEALFIT_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data" / "signals"
recorded = pytest.mark.skipif(not SHARED.exists(), reason="NO SHARED DATA: recorded answers were not checked")
NOW = datetime(2026, 8, 10, tzinfo=UTC)

LEVER = [
    {
        "id": "a1",
        "text": "Data Engineer",
        "createdAt": 1764205361939,
        "country": "US",
        "workplaceType": "remote",
        "categories": {
            "location": "Austin",
            "allLocations": ["Austin", "Denver"],
            "team": "Data",
            "department": "Tech",
            "commitment": "Full-time",
        },
        "salaryRange": {"min": 100000, "max": 120000, "currency": "USD", "interval": "per-year-salary"},
        "descriptionPlain": "Write to jo@x.example",
        "lists": [{"text": "You", "content": "<li>SQL</li>"}],
        "additionalPlain": "Perks",
        "hostedUrl": "https://jobs.lever.co/x/a1",
    },
]
ASHBY = {
    "apiVersion": "1",
    "jobs": [
        {
            "id": "b1",
            "title": "SDR",
            "publishedAt": "2021-04-27T20:13:45.158+00:00",
            "isListed": True,
            "isRemote": False,
            "workplaceType": "Hybrid",
            "employmentType": "FullTime",
            "department": "Sales",
            "team": "Out",
            "location": "Leeds",
            "secondaryLocations": [{"location": "York", "address": {"postalAddress": {"addressCountry": "UK"}}}],
            "address": {"postalAddress": {"addressCountry": "United Kingdom"}},
            "descriptionPlain": "Call",
            "jobUrl": "https://j/b1",
            "compensation": {
                "summaryComponents": [
                    {
                        "compensationType": "Salary",
                        "interval": "1 YEAR",
                        "currencyCode": "GBP",
                        "minValue": 30000,
                        "maxValue": 40000,
                    }
                ]
            },
        },
        {"id": "b2", "title": "Secret", "isListed": False},
    ],
}
WORKABLE = {
    "name": "X",
    "jobs": [
        {
            "shortcode": "C1",
            "title": "Analyst",
            "published_on": "2026-08-05",
            "created_at": "2026-07-02",
            "telecommuting": True,
            "department": "Ops",
            "url": "https://w/C1",
            "locations": [{"country": country, "countryCode": code, "city": ""}],
        }
        for country, code in (("Spain", "ES"), ("Portugal", "PT"))
    ],
}
SMART = {
    "totalFound": 150,
    "offset": 0,
    "limit": 100,
    "content": [
        {
            "id": "d1",
            "name": "Nurse",
            "refNumber": "R1",
            "releasedDate": "2018-06-08T02:11:28.000Z",
            "company": {"identifier": "X", "name": "X Care"},
            "creator": {"name": "Pat Doe"},
            "language": {"code": "en"},
            "location": {"city": "Bonn", "region": "NRW", "country": "de", "remote": False, "hybrid": True},
            "function": {"label": "Care"},
            "typeOfEmployment": {"label": "Part-time"},
            "department": {"label": "Ward"},
        },
    ],
}
RECRUITEE = {
    "offers": [
        {
            "id": 5,
            "title": "Driver",
            "published_at": "2026-08-05 23:30:00 UTC",
            "created_at": "2026-08-01 09:00:00 UTC",
            "updated_at": "2026-08-06 09:00:00 UTC",
            "close_at": "2026-09-01",
            "company_name": "X",
            "department": "Fleet",
            "location": "Ghent, Belgium",
            "country_code": "BE",
            "locations": [{"city": "Ghent", "country": "Belgium", "country_code": "BE"}],
            "remote": False,
            "on_site": True,
            "employment_type_code": "fulltime",
            "salary": {"min": "30000", "max": None, "currency": "EUR", "period": "year"},
            "translations": {"nl": {}},
            "careers_url": "https://x/o/driver",
            "description": "<p>Drive</p>",
            "requirements": "<p>Licence</p>",
            "mailbox_email": "job.1@x.recruitee.com",
            "status": "published",
        },
    ]
}


def one(board, held):
    jobs, _ = read_board(JOB_BOARDS[board], json.dumps(held))
    return jobs


def test_lever():
    job = one("lever", LEVER)[0]
    assert (job.id, job.title, job.department, job.team) == ("a1", "Data Engineer", "Tech", "Data")
    assert (job.posted_on, job.date_means) == (date(2025, 11, 27), "created"), "milliseconds, and of creation"
    assert (job.places, job.countries, job.remote) == (("Austin", "Denver"), ("US",), True)
    assert (job.salary.low, job.salary.high, job.salary.per) == (100000, 120000, "year")
    assert job.text == "Write to [removed]\nYou\nSQL\nPerks"
    with pytest.raises(NotABoardError, match="Document not found"):
        one("lever", {"ok": False, "error": "Document not found"})


def test_ashby():
    (job,) = one("ashby", ASHBY)
    assert (job.posted_on, job.date_means) == (date(2021, 4, 27), "published"), "an evergreen posting keeps its date"
    assert (job.places, job.countries) == (("Leeds", "York"), ("United Kingdom", "UK"))
    assert (job.salary.currency, job.salary.per, job.workplace) == ("GBP", "year", "hybrid")


def test_workable_merges_the_places_of_one_posting():
    (job,) = one("workable", WORKABLE)
    assert (job.places, job.countries, job.posted_on) == (("Spain", "Portugal"), ("ES", "PT"), date(2026, 8, 5))


def test_smartrecruiters_goes_on_where_a_page_ends():
    board = JOB_BOARDS["smartrecruiters"]
    jobs, held = read_board(board, json.dumps(SMART))
    assert board.more(held, board.address_of("x")).endswith("offset=100")
    assert board.more({**SMART, "offset": 100}, "offset=100") is None
    assert (jobs[0].department, jobs[0].team, jobs[0].requisition) == ("Ward", "Care", "R1")
    assert (jobs[0].posted_on, jobs[0].date_means) == (date(2018, 6, 8), "released")
    assert "Pat Doe" not in repr(jobs)


def test_recruitee():
    (job,) = one("recruitee", RECRUITEE)
    assert (job.posted_on, job.updated_on, job.closes_on) == (date(2026, 8, 5), date(2026, 8, 6), date(2026, 9, 1))
    assert (job.workplace, job.language, job.salary.low, job.salary.high) == ("on_site", "nl", 30000, None)
    assert "recruitee.com" not in repr(job.text)


@pytest.mark.parametrize("board", JOB_BOARDS)
@pytest.mark.parametrize(
    "body", ["", "<html>", "[1", '{"error": "x"}', '"x"', '{"jobs": 3, "offers": {}, "content": "x"}']
)
def test_what_is_no_board_is_never_an_empty_one(board, body):
    with pytest.raises(NotABoardError):
        read_board(JOB_BOARDS[board], body)


@pytest.mark.parametrize("name", ["../x", "a.b", "a/b", "", "x" * 80, "a@b", "a b", "x?y"])
def test_a_boards_name_leads_nowhere_else(name):
    with pytest.raises(NotABoardError):
        JOB_BOARDS["recruitee"].address_of(name)


def test_boards_are_found_in_links():
    links = [
        "https://jobs.ashbyhq.com/acme/1",
        "https://boards.greenhouse.io/embed/job_board?for=zeta",
        "https://x.example",
    ]
    assert boards_in(links) == (("ashby", "acme"), ("greenhouse", "zeta"))


def test_structured_postings_with_their_usual_slips():
    posting = {
        "@type": ["JobPosting"],
        "name": "Cook",
        "datePosted": "2026-01-02",
        "validThrough": "soon",
        "jobLocation": [{"address": {"addressLocality": "Bonn", "addressCountry": {"name": "Germany"}}}, "Ulm"],
        "jobLocationType": "TELECOMMUTE",
        "hiringOrganization": "X",
        "employmentType": ["FULL_TIME", "INTERN"],
        "baseSalary": {"currency": "EUR", "value": {"value": "3000", "unitText": "MONTH"}},
    }
    page = read_page(
        f'<script type="application/ld+json">{json.dumps({"@graph": [posting]})}</script>', "https://x/job"
    )
    (job,) = postings_on(page)
    assert (job.title, job.places, job.countries) == ("Cook", ("Bonn, Germany", "Ulm"), ("Germany",))
    assert (job.remote, job.employment, job.closes_on, job.salary.low) == (True, "FULL_TIME, INTERN", None, 3000)


def test_contacts_are_cut_from_postings():
    text = "Great job.\nYour contact: Jo Doe\nHiring Manager: Al\nCall +44 20 7946 0018 or 555-010-2003, hr@x.example"
    cut = without_contacts(text)
    assert cut.startswith("Great job.")
    assert not any(word in cut for word in ("Jo Doe", "7946", "2003", "hr@", "Al\n"))


FORM = """
<?xml version="1.0"?><edgarSubmission><submissionType>D</submissionType><primaryIssuer><cik>007</cik>
<entityName>X Inc</entityName></primaryIssuer><offeringData><industryGroup><industryGroupType>{}</industryGroupType>
</industryGroup><offeringSalesAmounts><totalOfferingAmount>Indefinite</totalOfferingAmount><totalAmountSold>5</totalAmountSold>
</offeringSalesAmounts></offeringData></edgarSubmission>"""


def test_form_d_tells_funds_from_companies():
    assert [
        form_d(FORM.format(kind).encode()).fund
        for kind in ("Other Technology", "Pooled Investment Fund", "REITS and Finance")
    ] == [False, True, True]
    assert form_d(FORM.format("x").encode()).offered is None, "Indefinite is no number"
    bombs = b'<!DOCTYPE a [<!ENTITY a "b">]>' + FORM.format("&a;").encode()
    for wrong in (b"", b"<html/>", bombs):
        with pytest.raises(NotAFilingError):
            form_d(wrong)


@pytest.mark.parametrize(
    ("sentence", "kind", "role"),
    [
        (
            "On May 1, Dana Roe resigned from her position as Chief Financial Officer, effective May 31.",
            "departure",
            "Chief Financial Officer",
        ),
        (
            "The Board appointed Al Poe as Chief Executive Officer of the Company, effective June 1.",
            "appointment",
            "Chief Executive Officer",
        ),
        (
            "Mr. Poe will retire as President at the end of the year, and the Company thanks him.",
            "departure",
            "President",
        ),
        (
            "The Committee adopted the 2027 Bonus Plan for eligible executive officers of the Company.",
            "compensation",
            "",
        ),
        (
            "The Committee approved an award to the Chief Financial Officer under the incentive plan.",
            "compensation",
            "",
        ),
        (
            "If the officer is terminated without cause, severance equals a year of the President's base salary.",
            "compensation",
            "",
        ),
    ],
)
def test_an_item_is_told_by_its_sentences(sentence, kind, role):
    html = f"<p>Item 5.02. Departure of Directors or Certain Officers; Election of Directors.</p><p>{sentence}</p>"
    (told,) = told_by_8k(html)
    assert (told.item, told.kind, told.role) == ("5.02", kind, role)
    assert read_page(html).holds(told.quote)


RSS = """<rss version="2.0"><channel><title>Wire</title><link>https://news.google.com/x</link>
<item><title>X raises $5M - Paper</title><link>https://news.google.com/r/1</link><guid isPermaLink="false">{}</guid>
<pubDate>{}</pubDate><source url="https://paper.example">Paper</source><description>&lt;a&gt;x&lt;/a&gt;</description></item>
</channel></rss>"""


def test_a_searched_headline_is_known_by_publisher_and_words():
    day = "Tue, 04 Aug 2026 10:00:00 GMT"
    (entry,) = read_feed(RSS.format("g1", day).encode(), NOW)
    (again,) = read_feed(RSS.format("g2", day).encode(), NOW)
    assert (entry.title, entry.publisher, entry.url) == ("X raises $5M", "Paper", "https://news.google.com/r/1")
    assert (entry.id, entry.strength, entry.text) == (again.id, "headline", "")


@pytest.mark.parametrize(
    ("day", "doubt"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", "cannot be"),
        ("Tue, 04 Aug 2037 10:00:00 GMT", "yet to come"),
        ("soon", "no date"),
        ("", "no date"),
    ],
)
def test_a_feed_with_a_wrong_date_has_none(day, doubt):
    (entry,) = read_feed(RSS.format("g", day).encode(), NOW)
    assert entry.published_on is None
    assert doubt in entry.doubt


def test_what_is_no_feed():
    for wrong in (b"", b"<html><body>no</body></html>", b"{}"):
        with pytest.raises(NotAFeedError):
            read_feed(wrong, NOW)
    assert read_feed(b'<rss version="2.0"><channel><title>x</title></channel></rss>', NOW) == ()


def test_each_source_says_what_it_costs_and_its_limits():
    for source in SIGNAL_SOURCES.values():
        assert all((source.costs, source.limits, source.manners, source.kinds, source.needs)), source.name
    assert "headlines" not in chosen(None), "what is best effort is off by itself"
    with pytest.raises(InputError, match="no such source"):
        chosen(["rumours"])


@recorded
@pytest.mark.parametrize(
    ("file", "board", "title", "posted", "means"),
    [
        (
            "tech-salary-radar/sample_greenhouse_gitlab",
            "greenhouse",
            "Account Executive - Italy",
            date(2026, 4, 17),
            "published",
        ),
        ("tech-salary-radar/sample_lever_matchgroup", "lever", "Android Engineer III", date(2026, 5, 19), "created"),
        (
            "tech-salary-radar/sample_ashby_linear",
            "ashby",
            "Senior / Staff Fullstack Engineer",
            date(2021, 4, 27),
            "published",
        ),
        (
            "careerkit/greenhouse",
            "greenhouse",
            "Customer Data Scientist - Experimentation",
            date(2026, 7, 16),
            "published",
        ),
        ("careerkit/workable", "workable", "Business Analyst - Spanish Speaking", date(2026, 8, 5), "published"),
        (
            "careerkit/smartrecruiters",
            "smartrecruiters",
            "CNA / LPN - Consistent Hours. Start Next Week.",
            date(2018, 6, 8),
            "released",
        ),
        (
            "careerkit/recruitee",
            "recruitee",
            "(Senior) Financial Accountant (f/m/d) - Berlin/Brandenburg Region, Germany",
            date(2026, 8, 5),
            "published",
        ),
        (
            "careerkit/teamtailor",
            "teamtailor",
            "Account Executive - Italy (Madrid based)",
            date(2026, 2, 4),
            "published",
        ),
    ],
)
def test_recorded_boards(file, board, title, posted, means):
    body = (SHARED / "ats" / f"{file}.json").read_text()
    jobs, _ = read_board(JOB_BOARDS[board], body)
    assert (jobs[0].title, jobs[0].posted_on, jobs[0].date_means) == (title, posted, means)
    assert all(job.id and job.url and job.places for job in jobs)
    assert not re.search(r"\w@\w", "".join(job.text for job in jobs))


@recorded
def test_recorded_filings():
    sec = SHARED / "sec"
    forms = [form_d(path.read_bytes()) for path in sorted(sec.glob("D.*.xml"))]
    assert [(f.cik, f.fund, f.amendment) for f in forms] == [
        ("1961089", True, False),
        ("1958740", True, False),
        ("1544190", False, True),
    ]
    assert all(getattr(forms[2], f.name) not in ("",) for f in fields(forms[2]) if f.name != "founded")
    apple = filer((sec / "submissions_trimmed.json").read_text())
    assert (apple.name, len(apple.filings), len(apple.former_names)) == ("Apple Inc.", 40, 3)
    kinds = {told.kind for told in told_by_8k((sec / "nvda_8k_502.htm").read_text())}
    assert kinds == {"compensation"}, "a pay plan is no new officer, whatever the item's number"
