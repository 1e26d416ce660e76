"""A small web of our own invention on loopback: two companies with a site, a job board, filings and a newsroom."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from idealfit.watch.fetching import Fetcher
from idealfit.watch.politeness import Pace
from web_servers import Reply, web_server

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = "<p>We make machines that count sheep, and sell them to people who cannot sleep, all over the world. " * 6


def jobs(*titles: str, posted: str = "2026-02-20T10:00:00-05:00") -> str:
    listed = [
        {
            "id": 100 + number, "title": title, "first_published": posted, "updated_at": posted,
            "location": {"name": "Leeds"}, "departments": [{"name": "Sales"}], "offices": [],
            "metadata": [{"name": "Recruiter", "value": {"name": "Pat Doe", "email": "pat@sheep.example"}}],
            "absolute_url": f"https://boards.example/sheep/{100 + number}",
            "content": "&lt;p&gt;Recruiter: Pat Doe, pat@sheep.example&lt;/p&gt;&lt;p&gt;Sell.&lt;/p&gt;",
        }
        for number, title in enumerate(titles)
    ]  # fmt: skip
    return json.dumps({"jobs": listed, "meta": {"total": len(listed)}})


def feed(*entries: tuple[str, str, str]) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://news.example/{key}</link><guid>{key}</guid><pubDate>{day}</pubDate></item>"
        for key, title, day in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Sheep news</title>{items}</channel></rss>'


FORM_D = """<?xml version="1.0"?>
<edgarSubmission><submissionType>{form}</submissionType><testOrLive>LIVE</testOrLive>
<primaryIssuer><cik>0000000042</cik><entityName>Counting Sheep Inc</entityName></primaryIssuer>
<offeringData><industryGroup><industryGroupType>{industry}</industryGroupType></industryGroup>
<typeOfFiling><newOrAmendment><isAmendment>{amended}</isAmendment></newOrAmendment>
<dateOfFirstSale><value>2026-02-10</value></dateOfFirstSale></typeOfFiling>
<offeringSalesAmounts><totalOfferingAmount>9000000</totalOfferingAmount><totalAmountSold>8000000</totalAmountSold>
</offeringSalesAmounts></offeringData></edgarSubmission>"""
OFFICERS = """<html><body><p>Item 5.02. Departure of Directors or Certain Officers; Election of Directors.</p>
<p>On February 24, 2026, Dana Roe notified the Company of her resignation as Chief Financial Officer of the Company.</p>
<p>SIGNATURE</p></body></html>"""
FILED = [
    ("0000000042-26-000001", "D", "2026-02-12", "", "primary_doc.xml"),
    ("0000000042-26-000002", "D/A", "2026-02-20", "", "primary_doc.xml"),
    ("0000000042-26-000003", "8-K", "2026-02-25", "5.02,9.01", "k.htm"),
]


def submissions() -> str:
    columns = zip(*FILED, strict=True)
    names = ("accessionNumber", "form", "filingDate", "items", "primaryDocument")
    recent = {name: list(column) for name, column in zip(names, columns, strict=True)}
    return json.dumps({"cik": "42", "name": "Counting Sheep Inc", "filings": {"recent": recent}})


@contextmanager
def world(folder: Path) -> Iterator[SimpleNamespace]:
    """Yield the web: its server, the companies' table, settings, and a fetcher that may ask it."""
    replies = {
        "/sheep.example/": f"<title>Counting Sheep</title>{WORDS}<a href='/sheep.example/pricing'>Pricing</a>",
        "/sheep.example/pricing": "<title>Pricing</title><h1>Plans</h1>" + WORDS + "<p>Basic costs 10 a month.</p>",
        "/boards/sheep": jobs("SDR, North", "Shepherd"),
        "/submissions/0000000042": submissions(),
        "/feed": feed(("a", "Counting Sheep raises $8M in Series A", "Wed, 11 Feb 2026 08:00:00 GMT"),
                      ("b", "Counting Sheep names Jo Bloggs as chief revenue officer", "Fri, 27 Feb 2026 08:00:00 GMT"),
                      ("c", "How to count sheep", "Fri, 27 Feb 2026 08:00:00 GMT")),
    }  # fmt: skip
    archive = {
        FILED[0][0]: FORM_D.format(form="D", industry="Other Technology", amended="false"),
        FILED[1][0]: FORM_D.format(form="D/A", industry="Other Technology", amended="true"),
        FILED[2][0]: OFFICERS,
    }
    for accession, document in archive.items():
        name = next(f[4] for f in FILED if f[0] == accession)
        replies[f"/archives/42/{accession.replace('-', '')}/{name}"] = document
    with web_server(replies) as server:
        host = server.address
        table = folder / "companies.csv"
        table.write_text(
            "id,name,domain,boards,cik,feeds\n"
            f"sheep,Counting Sheep,sheep.example,greenhouse:sheep,42,{host}/feed\n"
            "goats,Goats United,goats.example,greenhouse:goats,,\n"
        )
        settings = {
            "addresses": {"site": f"{host}/{{domain}}/", "greenhouse": f"{host}/boards/{{company}}",
                          "submissions": f"{host}/submissions/{{cik}}", "archives": f"{host}/archives"},
            "workers": 3,
        }  # fmt: skip
        fetcher = Fetcher(
            private=["127.0.0.1"], pace=Pace(0, 8), contact="ops@example.com", sleep=lambda _: None, now=lambda: DAY
        )
        replies_of = SimpleNamespace(
            server=server, companies=table, settings=settings, fetcher=fetcher, set=lambda p, b: server.replies.update(
                {p: b if isinstance(b, Reply) else Reply(b)})
        )  # fmt: skip
        try:
            yield replies_of
        finally:
            fetcher.close()
