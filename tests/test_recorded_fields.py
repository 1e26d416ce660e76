"""Recorded answers of job boards, filings, feeds, to the last field: each changes what is read, or is left out for a reason.

A field counts as read if changing its value changes what comes of it. What is left out stands here, so that a field which a
board adds, or which is read no longer, shows up.
"""

# ruff: noqa: E501  lists of names

from __future__ import annotations

import copy
import json
import os
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from pathlib import Path

import pytest

from idealfit.watch.feeds import read_feed
from idealfit.watch.filings import filer, form_d
from idealfit.watch.job_boards import JOB_BOARDS, read_board, text_apart

SIGNALS = Path(os.environ.get("IDEALFIT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "signals"
SHARED = SIGNALS / "ats"
recorded = pytest.mark.skipif(
    not SIGNALS.is_dir(), reason="needs the recorded answers, which are no part of the project"
)

PEOPLE = ("metadata", "creator", "mailbox_email")
INTERNAL = (
    "internal_job_id",
    "id",
    "parent_id",
    "child_ids",
    "uuid",
    "guid",
    "slug",
    "jobAdId",
    "position",
    "ref",
    "fieldId",
    "valueId",
)
APPLYING = ("data_compliance", "applyUrl", "careers_apply_url", "open_questions", "ai_disclaimer", "include_ai_disclaimer",
            "ai_opt_out_request_url", "location_question_visible", "defaultJobAd", "visibility", "hidden",
            "shouldDisplayCompensationOnJobPostings")  # fmt: skip
SAID_ELSEWHERE = (  # the same in another form, or in another language
    "translations", "descriptionHtml", "description", "descriptionBody", "descriptionBodyPlain", "opening", "openingPlain",
    "additional", "salaryDescription", "compensationTierSummary", "scrapeableCompensationSalarySummary", "shortlink",
    "created_at", "country", "city", "state", "region", "address", "state_name", "state_code", "labelNative", "name", "title",
    "datePosted", "identifier", "publishedAt", "label", "street", "postal_code", "postalCode", "streetAddress", "note",
    "highlight", "category_code", "customField",
)  # fmt: skip
ENVELOPE = (
    "meta",
    "apiVersion",
    "offset",
    "limit",
    "totalFound",
    "version",
    "home_page_url",
    "feed_url",
    "@context",
    "@type",
)
MINOR = ("max_hours", "min_hours", "max_hours_per_week", "min_hours_per_week", "education_code", "on_site", "sharing_title",
         "sharing_description", "sharing_image", "options_cover_letter", "options_cv", "options_phone", "options_photo",
         "options_salutation", "options_title", "cover_image", "locations_question", "locations_question_required",
         "locations_question_type", "total")  # fmt: skip
LEFT_OUT = frozenset((*PEOPLE, *INTERNAL, *APPLYING, *SAID_ELSEWHERE, *ENVELOPE, *MINOR))

READ = {
    "greenhouse": {"id", "title", "first_published", "updated_at", "location.name", "departments.name", "offices.name",
                   "content", "company_name", "requisition_id", "absolute_url", "language"},
    "lever": {"id", "text", "createdAt", "categories.location", "categories.team", "categories.department",
              "categories.commitment", "country", "workplaceType", "descriptionPlain", "hostedUrl"},
    "ashby": {"id", "title", "publishedAt", "isListed", "isRemote", "workplaceType", "employmentType", "department", "team",
              "location", "descriptionPlain", "jobUrl"},
    "workable": {"shortcode", "title", "published_on", "department", "telecommuting", "url",
                 "locations.countryCode"},
    "smartrecruiters": {"id", "name", "releasedDate", "location.fullLocation", "location.country",
                        "function.label", "typeOfEmployment.label", "industry.label", "experienceLevel.label", "refNumber"},
    "recruitee": {"id", "title", "published_at", "updated_at", "close_at", "department", "description", "requirements",
                  "salary.min", "salary.max", "salary.currency", "careers_url", "experience_code", "employment_type_code"},
    "teamtailor": {"id", "title", "url", "date_published"},
}  # fmt: skip


def leaves(held, path=()):
    if isinstance(held, dict):
        for key, value in held.items():
            yield from leaves(value, (*path, key))
    elif isinstance(held, list):
        for number, value in enumerate(held[:2]):
            yield from leaves(value, (*path, number))
    else:
        yield path, held


def another(value):
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 86_400_000 * 40
    if value is None:
        return "2026-01-01T00:00:00Z"
    return "2019-01-02" + value[10:] if value[:2] == "20" and value[4:5] == "-" else value + "zz"


@recorded
@pytest.mark.parametrize(
    ("file", "board"),
    [("tech-salary-radar/sample_greenhouse_gitlab", "greenhouse"), ("tech-salary-radar/sample_lever_matchgroup", "lever"),
     ("tech-salary-radar/sample_ashby_linear", "ashby"), ("careerkit/workable", "workable"),
     ("careerkit/smartrecruiters", "smartrecruiters"), ("careerkit/recruitee", "recruitee"),
     ("careerkit/teamtailor", "teamtailor")],
)  # fmt: skip
def test_every_field_is_read_or_left_out_for_a_reason(file, board):
    whole = json.loads((SHARED / f"{file}.json").read_text())
    listed = whole if isinstance(whole, list) else next(v for v in whole.values() if isinstance(v, list))
    del listed[2:]  # two postings say what fields there are
    before = read_board(JOB_BOARDS[board], json.dumps(whole))[0]
    read, unread = set(), set()
    for path, value in leaves(whole):
        changed = copy.deepcopy(whole)
        inside = changed
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = another(value)
        name = tuple(step for step in path if isinstance(step, str))
        name = name[1:] if not isinstance(whole, list) and len(name) > 1 and isinstance(whole[name[0]], list) else name
        same = read_board(JOB_BOARDS[board], json.dumps(changed))[0] == before
        (unread if same else read).add(name)
    assert {".".join(name) for name in read} >= READ[board]
    assert not {".".join(name) for name in unread - read if not LEFT_OUT & set(name)}


# ---- the texts that SmartRecruiters keeps apart: no answer is recorded, so this one has the shape that its documentation gives

DETAIL = {
    "id": "744000012345", "name": "Data Engineer", "uuid": "u", "jobAdId": "j", "defaultJobAd": True, "refNumber": "R1",
    "company": {"identifier": "Otter", "name": "Otter"}, "releasedDate": "2026-02-01T09:00:00.000Z",
    "location": {"city": "Leeds", "region": "", "country": "gb", "remote": False},
    "industry": {"id": "i", "label": "Software"}, "department": {"id": "d", "label": "Data"},
    "function": {"id": "f", "label": "Engineering"}, "typeOfEmployment": {"id": "t", "label": "Full-time"},
    "experienceLevel": {"id": "e", "label": "Associate"}, "customField": [], "language": {"code": "en", "label": "English"},
    "creator": {"name": "Jo Bloggs", "avatarUrl": "https://a.example/jo.png"},
    "postingUrl": "https://jobs.smartrecruiters.com/Otter/1", "applyUrl": "https://jobs.smartrecruiters.com/Otter/1?apply",
    "jobAd": {"sections": {
        "companyDescription": {"title": "Company Description", "text": "<p>We count otters.</p>"},
        "jobDescription": {"title": "Job Description", "text": "<ul><li>Build pipelines</li><li>Write to jo@otter.example</li></ul>"},
        "qualifications": {"title": "Qualifications", "text": "<p>SQL &amp; Python</p>"},
        "additionalInformation": {"title": "Additional Information", "text": "<p>Fish on Fridays</p>"},
        "videos": {"title": "Videos", "urls": ["https://v.example/1"]}}},
}  # fmt: skip


def test_every_section_of_a_smartrecruiters_posting_is_read_and_nothing_else():
    text = text_apart(json.dumps(DETAIL))
    assert "We count otters.\nJob Description\nBuild pipelines" in text
    assert "SQL & Python" in text
    assert "jo@otter.example" not in text, "nobody's address is kept"
    read = set()
    for path, value in leaves(DETAIL):
        changed = copy.deepcopy(DETAIL)
        inside = changed
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = another(value)
        if text_apart(json.dumps(changed)) != text:
            read.add(path)
    sections = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
    wanted = {("jobAd", "sections", name, part) for name in sections for part in ("title", "text")}
    assert read == wanted | {("jobAd", "sections", "videos", "title")}  # all else stands in the list of postings


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", "null", '{"jobAd": {"sections": []}}', '{"jobAd": {"sections": {"a": 1}}}', "<html>"]
)
def test_a_posting_without_sections_has_no_text(body):
    assert text_apart(body) == ""


# ---- filings

FORM_D_LEFT_OUT = {
    "schemaVersion": "of the form, not of the company",
    "issuerPhoneNumber": "the address is enough",
    "stateOrCountryDescription": "the same as its code",
    "overFiveYears": "no year",
    "withinFiveYears": "no year",
    "firstName": "people are told by role", "middleName": "people are told by role", "lastName": "people are told by role",
    "relationshipClarification": "free text that often names people",
    "salesCompensationList": "who sells it",
    "recipientName": "who sells it", "recipientCRDNumber": "who sells it", "associatedBDName": "who sells it",
    "associatedBDCRDNumber": "who sells it", "state": "where it is sold", "description": "where it is sold",
    "foreignSolicitation": "where it is sold",
    "clarificationOfResponse": "free text", "isEstimate": "of commissions", "dollarAmount": "commissions and proceeds to officers",
    "moreThanOneYear": "how long it is offered", "investmentFundType": "that it is a fund is read", "is40Act": "that it is a fund is read",
    "over100RecipientFlag": "of the form", "over100PersonsFlag": "of the form", "over100IssuerFlag": "of the form",
    "authorizedRepresentative": "of who signed", "issuerName": "the issuer again", "signatureName": "who signed",
    "nameOfSigner": "who signed", "signatureTitle": "who signed",
    "street1": "of people; of the issuer it is read", "street2": "of people; of the issuer it is read",
    "city": "of people; of the issuer it is read", "stateOrCountry": "of people; of the issuer it is read",
    "zipCode": "of people; of the issuer it is read",
    "issuer": "of further issuers the name is read", "statesOfSolicitationList": "where it is sold",
    "descriptionOfOtherType": "that it is another is read",
}  # fmt: skip
OF_THE_ISSUER = {
    f"primaryIssuer/issuerAddress/{name}" for name in ("street1", "street2", "city", "stateOrCountry", "zipCode")
}


def xml_leaves(root, path=""):
    for child in root:
        name = f"{path}/{child.tag}".removeprefix("/")
        if len(child):
            yield from xml_leaves(child, name)
        else:
            yield name, child


@recorded
@pytest.mark.parametrize("file", ["D.1685REIT", "D.APFund", "D.Shepards"])
def test_every_field_of_a_form_d_is_read_or_left_out_for_a_reason(file):
    body = (SIGNALS / "sec" / f"{file}.xml").read_bytes()
    before = form_d(body)
    root = ET.fromstring(body.lstrip())  # noqa: S314  a recorded one
    read, unread = set(), set()
    for path, node in xml_leaves(root):
        was = node.text
        for value in ("false" if was == "true" else "true" if was == "false" else "4711", "2019-01-02", "TEST"):
            node.text = value
            if form_d(ET.tostring(root)) != before:
                read.add(path)
                break
        else:
            unread.add(path)
        node.text = was
    assert read >= (OF_THE_ISSUER & (read | unread))
    assert not {path for path in unread - read if not set(path.split("/")) & set(FORM_D_LEFT_OUT)}


FILER_LEFT_OUT = {
    "entityType": "of the filer", "ownerOrg": "the office of the SEC", "insiderTransactionForOwnerExists": "of shares",
    "insiderTransactionForIssuerExists": "of shares", "ein": "a tax number", "lei": "another number", "description": "empty",
    "investorWebsite": "the other site is read", "category": "of reporting", "fiscalYearEnd": "of reporting",
    "stateOfIncorporation": "of law, not of place", "stateOfIncorporationDescription": "of law, not of place", "phone": "the address is enough",
    "flags": "of the filer", "addresses.mailing": "the other address is read", "addresses.business.street1": "the town is enough",
    "addresses.business.street2": "the town is enough", "addresses.business.zipCode": "the town is enough",
    "addresses.business.stateOrCountryDescription": "the same as its code", "addresses.business.isForeignLocation": "the state says it",
    "addresses.business.foreignStateTerritory": "the state says it", "addresses.business.country": "the state says it",
    "addresses.business.countryCode": "the state says it",
    "formerNames.from": "until when is read", "filings.files": "older filings than a year",
    "filings.recent.act": "of the law", "filings.recent.fileNumber": "another number", "filings.recent.filmNumber": "another number",
    "filings.recent.core_type": "the form again", "filings.recent.size": "of the file", "filings.recent.isXBRL": "of the file",
    "filings.recent.isXBRLNumeric": "of the file", "filings.recent.isInlineXBRL": "of the file",
    "filings.recent.primaryDocDescription": "the form again",
}  # fmt: skip


@recorded
def test_every_field_of_a_filer_is_read_or_left_out_for_a_reason():
    whole = json.loads((SIGNALS / "sec" / "submissions_trimmed.json").read_text())
    before = filer(json.dumps(whole))
    read, unread = set(), set()
    for path, value in leaves(whole):
        changed = copy.deepcopy(whole)
        inside = changed
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = another(value)
        name = ".".join(step for step in path if isinstance(step, str))
        (unread if filer(json.dumps(changed)) == before else read).add(name)
    assert not {
        name for name in unread - read if not any(name == out or name.startswith(f"{out}.") for out in FILER_LEFT_OUT)
    }
    assert read >= {"cik", "name", "sic", "tickers", "formerNames.name", "formerNames.to", "filings.recent.items",
                    "filings.recent.form", "filings.recent.filingDate", "filings.recent.reportDate"}  # fmt: skip


# ---- feeds: a recorded one, and one of each kind with all that their specifications name

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Otter News</title><subtitle>On otters</subtitle>
<link rel="alternate" href="https://otter.example/"/><id>urn:otter</id><updated>2026-02-03T10:00:00Z</updated>
<generator>Pen</generator><icon>/i.png</icon><logo>/l.png</logo><rights>All</rights><entry><title>Otter raises $5M</title>
<link rel="alternate" href="https://otter.example/a"/><id>urn:otter:1</id><updated>2026-02-02T10:00:00Z</updated>
<published>2026-02-01T10:00:00Z</published><author><name>Jo Bloggs</name><email>jo@otter.example</email></author>
<contributor><name>Al</name></contributor><category term="news"/><content type="html">&lt;p&gt;Whole text&lt;/p&gt;</content>
<summary>Short text</summary><rights>Some</rights></entry></feed>"""
RSS = """<rss version="2.0"><channel><title>Otter News</title><link>https://otter.example/</link><description>On otters</description>
<language>en</language><copyright>All</copyright><managingEditor>jo@otter.example</managingEditor><webMaster>al@otter.example</webMaster>
<pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate><lastBuildDate>Tue, 03 Feb 2026 10:00:00 GMT</lastBuildDate><category>otters</category>
<generator>Pen</generator><docs>https://d.example</docs><ttl>60</ttl><item><title>Otter opens an office in Leeds</title>
<link>https://otter.example/b</link><description>Whole text</description><author>jo@otter.example</author><category>news</category>
<comments>https://otter.example/b#c</comments><guid isPermaLink="false">b-1</guid><pubDate>Sun, 01 Feb 2026 10:00:00 GMT</pubDate>
<source url="https://paper.example/feed">The Paper</source></item></channel></rss>"""
GOOGLE = """<rss version="2.0"><channel><title>"Otter" - Google News</title><link>https://news.google.com/search?q=otter</link>
<item><title>Otter raises $5M - The Paper</title><link>https://news.google.com/rss/articles/x</link><guid>x</guid>
<pubDate>Sun, 01 Feb 2026 10:00:00 GMT</pubDate><description>&lt;a&gt;Otter raises $5M&lt;/a&gt; The Paper</description>
<source url="https://paper.example">The Paper</source></item></channel></rss>"""
FEED_LEFT_OUT = {
    "subtitle", "generator", "icon", "logo", "rights", "copyright", "language", "docs", "ttl", "managingEditor", "webMaster",
    "lastBuildDate",  # of the feed, not of an entry
    "author/name", "author/email", "author", "contributor/name",  # people
    "category", "comments", "channel/link", "channel/description", "channel/pubDate", "feed/link", "feed/id", "feed/updated",
    "summary",  # where the whole text is given too
    "channel/title",  # where the entry names its publisher
    "item/source@url",  # where the entry has an identity of its own
}  # fmt: skip


@recorded
def test_every_field_of_the_recorded_feed_is_read_or_left_out_for_a_reason():
    body = (SIGNALS / "sec" / "edgar_getcurrent_8K_D.atom.xml").read_bytes()
    root = ET.fromstring(body)  # noqa: S314  a recorded one
    for entry in root.findall("{*}entry")[2:]:
        root.remove(entry)
    check_feed(
        root, "feed", {"entry/title", "entry/id", "entry/summary", "entry/updated", "entry/link@href"} | {"feed/title"}
    )


@pytest.mark.parametrize(
    ("text", "top", "read"),
    [
        (ATOM, "feed", {"feed/title", "entry/title", "entry/id", "entry/updated", "entry/published", "entry/content", "entry/link@href"}),
        (RSS, "channel", {"item/title", "item/link", "item/description", "item/guid", "item/pubDate", "item/source"}),
        (GOOGLE, "channel", {"item/title", "item/pubDate", "item/source", "item/source@url"}),
    ],
)  # fmt: skip
def test_every_field_that_a_feed_may_have_is_read_or_left_out_for_a_reason(text, top, read):
    check_feed(ET.fromstring(text), top, read)  # noqa: S314  our own


def check_feed(root, top, wanted):
    """Change each text and address in turn, and see whether the entries change."""
    now = datetime(2026, 8, 10, tzinfo=UTC)
    before = read_feed(ET.tostring(root), now)
    parents = {child: parent for parent in root.iter() for child in parent}
    read, unread = set(), set()
    for node in root.iter():
        short = [n.tag.rpartition("}")[2] for n in (parents.get(node, root), node)]
        name = "/".join([top if short[0] in ("feed", "channel") else short[0], short[1]])
        if node.text and node.text.strip():
            was, node.text = node.text, "2019-01-02T00:00:00Z" if short[1] in ("updated", "published") else (
                "Wed, 02 Jan 2019 00:00:00 GMT" if "Date" in short[1] else "otherwise")  # fmt: skip
            (unread if read_feed(ET.tostring(root), now) == before else read).add(name)
            node.text = was
        for key in {"href", "url"} & set(node.attrib):
            was, node.attrib[key] = node.attrib[key], "https://elsewhere.example/"
            (unread if read_feed(ET.tostring(root), now) == before else read).add(f"{name}@{key}")
            node.attrib[key] = was
    assert read >= wanted, wanted - read
    left_out = FEED_LEFT_OUT | (
        {"item/link", "item/guid", "item/description"} if "item/source@url" in wanted else set()
    )
    left = unread - read
    assert not {name for name in left if not {name, name.partition("@")[0], name.rpartition("/")[2]} & left_out}, left
