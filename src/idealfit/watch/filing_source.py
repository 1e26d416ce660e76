"""Filings with the SEC as a source: rounds (Form D) and what 8-Ks tell by their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.watch.asked import Asked, Found
from idealfit.watch.current_reports import told_by_8k
from idealfit.watch.filings import Filing, NotAFilingError, filer, form_d
from idealfit.watch.jobs import unique
from idealfit.watch.mentions import Mention

if TYPE_CHECKING:
    from idealfit.watch.fetching import Fetched
    from idealfit.watch.watch_tables import Watched

SUBMISSIONS = "https://data.sec.gov/submissions/CIK{cik}.json"
MOST_DAYS = 365
MOST_DOCUMENTS = 20
_TELLS = {"1.03", "2.01", "2.05", "5.01", "5.02"}
_KINDS = {"departure": "executive departure", "appointment": "new executive"}
_WORTH = {
    "acquisition", "divestiture", "layoffs", "restructuring", "bankruptcy", "executive departure", "new executive",
    "board change", "change of control",
}  # fmt: skip
_BESIDES = {"compensation": "pay"}


def ask(watched: Watched, asked: Asked) -> Found:
    """Return what a company filed that tells of an event: money raised, officers, deals, layoffs."""
    cik = re.sub(r"\D", "", str(watched.known_as.get("cik", "")))
    if not cik:
        return Found("nothing to ask", "no cik is known")
    if not asked.fetcher.contact:
        return Found("failed", "the SEC asks for a contact in every request: name one with --contact")
    address = asked.addresses.get("submissions", SUBMISSIONS).replace("{cik}", cik.zfill(10))
    listing = asked.fetch(address, for_programs=True, read=(asked.snapshot.get("listing", ""),))
    if listing.state != "ok":
        state = {"unchanged": "unchanged", "not found": "unknown"}.get(listing.state, "failed")
        return Found(state, listing.note or listing.state, answers=(listing,))  # type: ignore[arg-type]
    try:
        known = filer(listing.text)
    except NotAFilingError as error:
        return Found("failed", str(error), answers=(listing,))
    read = set(asked.snapshot.get("read", ()))
    answers, told, missed, silent = [listing], [], [], []
    fresh = [f for f in known.filings if f.accession not in read and _worth_reading(f, asked)]
    for filing in fresh[:MOST_DOCUMENTS]:
        document = asked.fetch(_document(filing, asked), for_programs=True)
        answers.append(document)
        if document.state != "ok":
            missed.append(f"{filing.accession}: {document.note or document.state}")
            continue
        try:
            tells, why = tell(watched, asked, filing, document)
            told += tells
            silent += [f"{filing.form} of {filing.filed_on} {why}"] if why else []
        except NotAFilingError as error:
            missed.append(f"{filing.accession}: {error}")
        read.add(filing.accession)
    read_now = f"{len(fresh)} new filing{'s' * (len(fresh) != 1)}"
    note = "; ".join(missed[:3]) or "; ".join((read_now, *silent[:3]))
    through = not missed and len(fresh) <= MOST_DOCUMENTS  # else the listing is wanted again, changed or not
    snapshot = {"read": sorted(read)[-500:], "listing": listing.sha256 if through else ""}
    return Found("failed" if missed and not told else "ok", note, tuple(told), tuple(answers), snapshot)


def _worth_reading(filing: Filing, asked: Asked) -> bool:
    if filing.filed_on is None or not 0 <= (asked.today - filing.filed_on).days <= MOST_DAYS:
        return False
    return filing.form in ("D", "D/A") or (filing.form == "8-K" and bool(_TELLS & set(filing.items)))


def _document(filing: Filing, asked: Asked) -> str:
    base = asked.addresses.get("archives", "https://www.sec.gov/Archives/edgar/data")
    name = filing.document.rpartition("/")[2] if filing.form.startswith("D") else filing.document  # raw, not styled
    return f"{base}/{filing.cik}/{filing.accession.replace('-', '')}/{name}"


def tell(watched: Watched, asked: Asked, filing: Filing, document: Fetched) -> tuple[list[Mention], str]:
    """Return what one filing tells: a round that a company raised, or what the sentences of an 8-K say.

    Where it tells of no event, the words say why.
    """
    if filing.form.startswith("D"):
        return _of_form_d(watched, asked, filing, document)
    told, besides = [], []
    for number, one in enumerate(told_by_8k(document.text)):
        kind = "board change" if one.role == "director" else _KINDS.get(one.kind, one.kind)
        if kind not in _WORTH:
            besides.append(_BESIDES.get(kind, kind))
            continue
        role = one.role.lower()
        comes = {"departure": "leaves", "appointment": "comes"}.get(one.kind, "")
        words = f"a director {comes}" if kind == "board change" else f"{kind}: {role}" if role else kind
        quote = one.quote if asked.names or one.kind not in _KINDS else ""
        told.append(
            Mention(
                watched.company, kind, words, "SEC 8-K", f"{filing.accession}:{number}", asked.now,
                filing.reported_on or filing.filed_on, url=document.final_url, quote=quote, sha256=document.sha256,
                strength="official", facts={"role": role} if role else {},
            )
        )  # fmt: skip
    return told, "" if told else f"tells of {' and '.join(unique(besides)) or 'nothing that is watched for'} only"


def _of_form_d(watched: Watched, asked: Asked, filing: Filing, document: Fetched) -> tuple[list[Mention], str]:
    notice = form_d(document.body)
    why_not = (
        (notice.fund, "is of a fund or property trust"),
        (notice.test, "is a test"),
        (notice.business_combination, "is part of a merger"),
        (not notice.sold, "tells that nothing is sold yet"),
    )
    for holds, why in why_not:
        if holds:
            return [], why
    again = " (told again in an amendment)" if notice.amendment else ""
    return [
        Mention(
            watched.company, "funding", f"sold securities for ${notice.sold:,.0f}{again}", "SEC Form D",
            filing.accession, asked.now, notice.first_sale_on or filing.filed_on, url=document.final_url,
            quote=f"<totalAmountSold>{notice.sold:.0f}</totalAmountSold>", sha256=document.sha256, strength="official",
            natural=f"filing:{notice.round_key}", facts={"amount": f"{notice.sold:.0f}", "currency": "USD"},
        )
    ], ""  # fmt: skip
