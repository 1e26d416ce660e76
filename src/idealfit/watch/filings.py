"""Filings with the SEC: who files what (submissions), and money raised (Form D).

A Form D of a pooled fund or a property trust is no company raising money; an amendment tells the same round again.
Names of people are read as roles, not as names. What an 8-K says is read in `current_reports`.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from idealfit.watch.jobs import day_of, number_or_none, text_or, unique

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"


class NotAFilingError(ValueError):
    """A document that is not the filing it should be."""


@dataclass(frozen=True)
class FormD:
    """A notice of securities sold without registration: who, where, how much, since when, and whether it is told anew.

    `people` counts the related persons by role. `fund`: a pooled fund or a property trust raised it, not a company.
    """

    form: str
    cik: str
    name: str
    former_names: tuple[str, ...]
    city: str
    state: str
    postcode: str
    street: str
    jurisdiction: str
    entity_type: str
    founded: int | None
    industry: str
    fund: bool
    revenue_range: str
    exemptions: tuple[str, ...]
    amendment: bool
    amends: str
    first_sale_on: date | None
    sale_to_come: bool
    securities: tuple[str, ...]
    business_combination: bool
    offered: float | None
    sold: float | None
    remaining: float | None
    least: float | None
    investors: int | None
    non_accredited: bool | None
    signed_on: date | None
    people: tuple[tuple[str, int], ...] = ()
    other_issuers: tuple[str, ...] = ()
    test: bool = False

    @property
    def round_key(self) -> str:
        """What the first notice and all its amendments have in common."""
        return f"{self.cik}:{self.first_sale_on.isoformat() if self.first_sale_on else self.amends or self.signed_on}"


_FUNDS = re.compile(r"pooled investment|reits?\b|hedge fund|private equity fund|venture capital fund", re.IGNORECASE)


def form_d(xml: bytes) -> FormD:
    """Return a Form D from its XML; raises `NotAFilingError` where it is none."""
    root = _parsed(xml)
    if root.tag != "edgarSubmission" or root.find("offeringData") is None:
        raise NotAFilingError("this is not a Form D")

    def at(path: str) -> str:
        return " ".join((root.findtext(path) or "").split())

    def money(name: str) -> float | None:
        return number_or_none(at(f"offeringData/{name}"))  # "Indefinite" is no number

    roles: dict[str, int] = {}
    for role in root.iterfind("relatedPersonsList/relatedPersonInfo/relatedPersonRelationshipList/relationship"):
        roles[role.text or ""] = roles.get(role.text or "", 0) + 1
    industry = at("offeringData/industryGroup/industryGroupType")
    kinds = root.find("offeringData/typesOfSecuritiesOffered")
    former = [n.text or "" for path in ("issuerPreviousNameList", "edgarPreviousNameList")
              for n in root.iterfind(f"primaryIssuer/{path}/*")]  # fmt: skip
    count = at("offeringData/investors/totalNumberAlreadyInvested")
    size = "offeringData/issuerSize"
    fund = root.find("offeringData/industryGroup/investmentFundInfo") is not None or bool(_FUNDS.search(industry))
    return FormD(
        form=at("submissionType"),
        cik=at("primaryIssuer/cik").lstrip("0"),
        name=at("primaryIssuer/entityName"),
        former_names=unique(name for name in former if name != "None"),
        city=at("primaryIssuer/issuerAddress/city"),
        state=at("primaryIssuer/issuerAddress/stateOrCountry"),
        postcode=at("primaryIssuer/issuerAddress/zipCode"),
        street=", ".join(unique(at(f"primaryIssuer/issuerAddress/street{n}") for n in (1, 2))),
        jurisdiction=at("primaryIssuer/jurisdictionOfInc"),
        entity_type=at("primaryIssuer/entityType"),
        founded=int(year) if (year := at("primaryIssuer/yearOfInc/value")).isdecimal() else None,
        industry=industry,
        fund=fund,
        revenue_range=at(f"{size}/revenueRange") or at(f"{size}/aggregateNetAssetValueRange"),
        exemptions=tuple(text_or(i.text) for i in root.iterfind("offeringData/federalExemptionsExclusions/item")),
        amendment=at("offeringData/typeOfFiling/newOrAmendment/isAmendment") == "true",
        amends=at("offeringData/typeOfFiling/newOrAmendment/previousAccessionNumber"),
        first_sale_on=day_of(at("offeringData/typeOfFiling/dateOfFirstSale/value")),
        sale_to_come=at("offeringData/typeOfFiling/dateOfFirstSale/yetToOccur") == "true",
        securities=tuple(k.tag.removeprefix("is").removesuffix("Type") for k in kinds if k.text == "true")
        if kinds is not None else (),
        business_combination=at(
            "offeringData/businessCombinationTransaction/isBusinessCombinationTransaction") == "true",
        offered=money("offeringSalesAmounts/totalOfferingAmount"),
        sold=money("offeringSalesAmounts/totalAmountSold"),
        remaining=money("offeringSalesAmounts/totalRemaining"),
        least=money("minimumInvestmentAccepted"),
        investors=int(count) if count.isdecimal() else None,
        non_accredited={"true": True, "false": False}.get(at("offeringData/investors/hasNonAccreditedInvestors")),
        signed_on=day_of(at("offeringData/signatureBlock/signature/signatureDate")),
        people=tuple(sorted(roles.items())),
        other_issuers=tuple(text_or(n.text) for n in root.iterfind("issuerList/issuer/entityName")),
        test=at("testOrLive") == "TEST",
    )  # fmt: skip


def _parsed(xml: bytes) -> ET.Element:
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:  # nothing may be expanded or fetched
        raise NotAFilingError("this document declares entities, which no filing does")
    try:
        return ET.fromstring(xml.lstrip())  # noqa: S314  no entities, see above; expat resolves nothing external
    except ET.ParseError as error:
        raise NotAFilingError(f"this is not XML: {error}") from None


@dataclass(frozen=True)
class Filing:
    """One filing in a list of them: by whom, which form, when, with which items, and where its document is."""

    accession: str
    form: str
    company: str
    cik: str
    filed_on: date | None
    accepted_at: str = ""
    reported_on: date | None = None
    items: tuple[str, ...] = ()
    url: str = ""
    document: str = ""


@dataclass(frozen=True)
class Filer:
    """A company as the SEC knows it, with its recent filings, newest first."""

    cik: str
    name: str
    sic: str
    industry: str
    tickers: tuple[str, ...]
    exchanges: tuple[str, ...]
    website: str
    state: str
    city: str
    former_names: tuple[tuple[str, date | None], ...] = ()
    filings: tuple[Filing, ...] = field(default=(), repr=False)


def filer(body: str) -> Filer:
    """Return a filer from its submissions, which come as columns; raises `NotAFilingError` where they do not."""
    try:
        held: dict[str, Any] = json.loads(body)
        recent = held["filings"]["recent"]
        numbers = recent["accessionNumber"]
    except (ValueError, KeyError, TypeError):
        raise NotAFilingError("these are not the submissions of a filer") from None
    address = (held.get("addresses") or {}).get("business") or {}
    cik = text_or(held.get("cik")).lstrip("0")

    def column(name: str, row: int) -> str:
        values = recent.get(name) or ()
        return text_or(values[row]) if row < len(values) else ""

    return Filer(
        cik=cik,
        name=text_or(held.get("name")),
        sic=text_or(held.get("sic")),
        industry=text_or(held.get("sicDescription")),
        tickers=unique(map(text_or, held.get("tickers") or ())),
        exchanges=unique(map(text_or, held.get("exchanges") or ())),
        website=text_or(held.get("website")),
        state=text_or(address.get("stateOrCountry")),
        city=text_or(address.get("city")),
        former_names=tuple((text_or(n.get("name")), day_of(n.get("to"))) for n in held.get("formerNames") or ()),
        filings=tuple(
            Filing(
                accession=text_or(number),
                form=column("form", row),
                company=text_or(held.get("name")),
                cik=cik,
                filed_on=day_of(column("filingDate", row)),
                accepted_at=column("acceptanceDateTime", row),
                reported_on=day_of(column("reportDate", row)),
                items=tuple(filter(None, column("items", row).split(","))),
                url=f"{ARCHIVES}/{cik}/{text_or(number).replace('-', '')}/{column('primaryDocument', row)}",
                document=column("primaryDocument", row),
            )
            for row, number in enumerate(numbers)
        ),
    )  # fmt: skip
