"""Recorded answers of job boards, to the last field: every field changes what is read, or is left out for a reason.

A field counts as read if changing its value changes the postings. What is left out stands here, so that a field which a
board adds, or which is read no longer, shows up.
"""

# ruff: noqa: E501  lists of names

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

import pytest

from idealfit.watch.job_boards import JOB_BOARDS, read_board

SHARED = Path(os.environ.get("IDEALFIT_DATA", Path(__file__).parents[2] / "shared" / "data")) / "signals" / "ats"

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


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the recorded answers, which are no part of the project")
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
