"""Filings with the SEC as a source: rounds (Form D) and what 8-Ks tell by their text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.watch.asked import Asked, Found
from idealfit.watch.filings import Filing, NotAFilingError, filer, form_d, told_by_8k
from idealfit.watch.mentions import Mention

if TYPE_CHECKING:
    from idealfit.watch.fetching import Fetched
    from idealfit.watch.watch_tables import Watched

SUBMISSIONS = "https://data.sec.gov/submissions/CIK{cik}.json"
MOST_DAYS = 365
MOST_DOCUMENTS = 20
_TELLS = {"1.03", "2.01", "2.05", "5.01", "5.02"}
_KINDS = {"departure": "executive departure", "appointment": "new executive"}
_WORTH = {"acquisition", "layoffs", "bankruptcy", "executive departure", "new executive", "change of control"}


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
    answers, told, missed = [listing], [], []
    fresh = [f for f in known.filings if f.accession not in read and _worth_reading(f, asked)]
    for filing in fresh[:MOST_DOCUMENTS]:
        document = asked.fetch(_document(filing, asked), for_programs=True)
        answers.append(document)
        if document.state != "ok":
            missed.append(f"{filing.accession}: {document.note or document.state}")
            continue
        try:
            told += tell(watched, asked, filing, document)
        except NotAFilingError as error:
            missed.append(f"{filing.accession}: {error}")
        read.add(filing.accession)
    note = "; ".join(missed[:3]) or f"{len(fresh)} new filings"
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


def tell(watched: Watched, asked: Asked, filing: Filing, document: Fetched) -> list[Mention]:
    """Return what one filing tells: a round that a company raised, or what the sentences of an 8-K say."""
    url = document.final_url
    if filing.form.startswith("D"):
        notice = form_d(document.body)
        if notice.fund or notice.test or notice.business_combination or not notice.sold:
            return []
        facts = {"amount": f"{notice.sold:.0f}", "currency": "USD"}
        words = f"sold securities for ${notice.sold:,.0f}" + (
            " (told again in an amendment)" if notice.amendment else ""
        )
        day = (
            notice.first_sale_on
            if notice.first_sale_on and not notice.amendment
            else notice.first_sale_on or filing.filed_on
        )
        return [
            Mention(
                watched.company,
                "funding",
                words,
                "SEC Form D",
                filing.accession,
                asked.now,
                day,
                url=url,
                quote=f"<totalAmountSold>{notice.sold:.0f}</totalAmountSold>",
                sha256=document.sha256,
                strength="official",
                natural=f"filing:{notice.round_key}",
                facts=facts,
            )
        ]
    told = []
    for number, one in enumerate(told_by_8k(document.text)):
        kind = _KINDS.get(one.kind, one.kind)
        if kind not in _WORTH:
            continue
        role = one.role.lower()
        facts = {"role": role} if role else {}
        words = f"{kind}: {role}" if role else kind
        quote = one.quote if asked.names or kind not in _KINDS.values() else ""
        told.append(
            Mention(
                watched.company,
                kind,
                words,
                "SEC 8-K",
                f"{filing.accession}:{number}",
                asked.now,
                filing.reported_on or filing.filed_on,
                url=url,
                quote=quote,
                sha256=document.sha256,
                strength="official",
                facts=facts,
            )
        )
    return told
