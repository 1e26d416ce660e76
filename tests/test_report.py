"""The page: what it says in which order, that it stands alone, and that nothing from a file becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from idealfit.errors import InputError
from idealfit.profile.document import (
    Criterion,
    Disqualifier,
    Excluded,
    Finding,
    Narrative,
    Profile,
    Slot,
    Test,
    Tier,
)
from idealfit.prove.trials import FalsePositive
from idealfit.report.nothing_found import deals_to_see
from idealfit.report.page import page
from profiles_by_hand import (
    calling_desk,
    calling_desk_backtest,
    evidence,
    look_alikes,
    look_alikes_backtest,
    no_pattern,
)

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)>&\"'{{ 7*7 }}"
VOID = {"meta", "br", "img", "link", "input", "hr", "circle", "line", "rect", "path", "col"}


class Reader(HTMLParser):
    """Collects the visible text, all elements with their attributes, and whether each one is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open, f"</{tag}> closes nothing"
            assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def said(html: str) -> str:
    return re.sub(r"\s+", " ", " ".join(read(html).text)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(scope="module")
def desk() -> str:
    return page(calling_desk(), calling_desk_backtest().as_json())


@pytest.fixture(scope="module")
def alike() -> str:
    return page(look_alikes(), look_alikes_backtest().as_json())


def test_the_page_stands_alone(desk):
    reader = read(desk)
    tags = {tag for tag, _ in reader.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for tag, attributes in reader.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "href", "xlink:href", "action"), (tag, name, value)
    style = desk[desk.index("<style>") : desk.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src 'none'" in desk


def test_a_rep_reads_what_is_needed_first(desk):
    text = said(desk)
    order = [
        "Companies that raise again within a year",
        "Companies that raised at least their second round",
        "1 October 2013",
        "The story",
        "Must have",
        "Nice to have",
        "Who not to sell to",
        "What to do with a company",
        "What is not known",
        "The proof",
        "Win rate by fit score",
        "Does it keep its word?",
        "What the profile adds to filters",
        "Day by day",
        "False positives",
        "Line by line",
        "Rows in and out",
        "How it was learned",
    ]
    body = text.index("Ideal customer profile")
    places = [text.index(words, body) for words in order]
    assert places == sorted(places)


def test_two_sheets_are_printed_and_the_rest_where_it_is_asked_for(desk):
    headings = [re.findall(r"<h2>(.*?)</h2>", piece) for piece in desk.split('<div class="background">')]
    assert headings[0][-1] == "What is not known"
    assert "Day by day" in headings[1]
    assert headings[2][:2] == ["False positives", "Line by line"]
    style = re.search(r"@media print \{.*", desk, re.DOTALL).group()
    assert re.search(r"body:not\(:has\(#whole:checked\)\) :is\(\.background, \.reasons\) \{ display: none; \}", style)
    assert '<input type="checkbox" id="whole">' in desk


def test_each_criterion_has_its_evidence(desk):
    text = said(desk)
    text = text[text.index("Must have") : text.index("Nice to have")]
    for words in (
        "+4",
        "Last Round in the last 9 months",
        "still in motion",
        "How we help We call before",
        "To verify Look for the date",
        "34% of 3,956 won (33–36%)",
        "19% of 4,196 (18–20%)",
        "supported",
        "+15 points (+13 to +17)",
    ):
        assert words in text, words
    assert "Industry" not in text
    bars = re.findall(r'<svg class="bar".*?</svg>', desk[desk.index("Must have") : desk.index("Nice to have")])
    assert [re.findall(r'<circle class="(\w+)"', bar) for bar in bars] == [["with", "without"]] * 2


def test_who_not_to_sell_to_holds_all_that_speaks_against(desk):
    text = said(desk)
    text = text[text.index("Who not to sell to") : text.index("What to do with a company")]
    assert "Last Round Type is post-ipo" in text
    assert "−3" in text
    assert "Industry is public relations, consulting, web, network hosting or games video" in text
    assert "State is HI, 14 deals" in text


def test_a_criterion_of_a_person_says_that_it_has_no_evidence(desk):
    text = said(desk)
    at = text.index("Champion has raised before is yes")
    assert "added by a person, no evidence yet" in text[at : at + 250]


def test_open_questions_are_marked(desk):
    marked = re.findall(r'<mark class="open">(.*?)</mark>', desk)
    assert "What happened in the weeks before they began to raise? Ask the last ten companies that did." in marked
    assert "Whom would they have called without us? Ask the partner on the deal." in marked
    assert len(marked) == 2
    assert said(desk).count("What happened in the weeks before") == 1, "asked once: where the story asks it"
    assert "Money raised in stages runs out" not in " ".join(marked)


def test_questions_that_the_program_announced_leave_the_prose():
    from idealfit.profile.narrative import narrative_text, open_question

    known = Slot(text="dairies with lorries of their own", source="data")
    asked = {name: open_question(name) for name in ("situation", "trigger", "alternative", "urgency")}
    slots = Narrative(company=known, **asked)
    slots = slots.model_copy(update={"text": narrative_text(slots)})
    html = page(calling_desk().model_copy(update={"narrative": slots}), None)
    text = said(html)
    assert "Our best customers are dairies with lorries of their own. Open questions the data cannot tell" in text
    assert "Open question (" not in text
    for slot in asked.values():
        assert text.count(slot.text) == 1
        assert f'<mark class="open">{slot.text}</mark>' in html


def test_what_the_seller_has_yet_to_write_is_marked():
    from idealfit.profile.wording import HOW_WE_HELP

    unwritten = calling_desk().criteria[0].model_copy(update={"how_we_help": HOW_WE_HELP})
    html = page(calling_desk().model_copy(update={"criteria": (unwritten,)}), None)
    assert f'<mark class="open">{HOW_WE_HELP}</mark>' in html


def test_what_is_not_known_says_how_much_more_it_takes(desk):
    text = said(desk)
    assert "Industry is nanotech – 10 of 18 won" in text
    assert "About 60 more deals would tell." in text
    assert "Last Round USD , State ." in text


def test_tiers_say_what_to_do_and_what_to_expect(desk):
    text = said(desk)
    at = text.index("What to do with a company")
    tiers = text[at : text.index("What is not known")]
    assert "A fit 70–100 Call this week" in tiers
    assert "B fit 45–69" in tiers
    assert "46% (43–50%) expected win rate, from 402 won of 870" in tiers
    assert "disqualified Leave alone" in tiers


def test_the_proof_holds_the_numbers_of_the_backtest(desk):
    text = said(desk)
    assert "a won deal scored above a lost one 64% of the time" in text
    assert "ranks better than firmographic filters alone: AUC moves by +0.069 (95% interval +0.050 to +0.089)" in text
    assert "3 November 2010 2,610 4,002 1,031 won 0.65 0.63–0.67 0.57 0.55–0.59 +0.079" in text
    assert "each deal once 3,856" in text
    assert "80 to 100 205 98 48%" in text
    assert "425 were lost, and 87 would have been won" in text
    assert "07000 1 June 2011 88 31 Last Round On more than 270 days ago" in text
    assert "decided by 1 October 2013 2,416 are still open" in text
    assert "Amount – filled in 100% of won and 0% of lost deals" in text
    assert "2,416 open deals could not be judged" in text
    assert "The base rate fell from 29% in 2008 to 25% in 2012." in text


def test_every_chart_is_named_and_its_numbers_can_be_read(desk):
    reader = read(desk)
    charts = [attributes for tag, attributes in reader.elements if tag == "svg" and "aria-hidden" not in attributes]
    assert len(charts) > 15
    assert all(attributes.get("role") == "img" for attributes in charts)
    assert desk.count("<title>") == len(charts) + 1
    assert desk.count("The numbers</summary>") == desk.count("<figure>") == 3


def test_without_a_backtest_it_says_so_and_shows_the_profiles_own_bands():
    text = said(page(calling_desk(), None))
    assert "This profile has not been tested forward in time yet." in text
    assert "its AUC was 0.65 (0.63–0.66)" in text
    assert "On deals held out from learning." in text
    assert "70–100 870 402 46% 43–50%" in text
    assert "Day by day" not in text


def test_no_reliable_pattern_is_said_plainly_and_helps():
    html = page(no_pattern(), None)
    text = said(html)
    assert "No reliable pattern was found." in text
    assert "7 attributes of 90 deals were searched: Employees, Industry, Region" in text
    needed = re.findall(r"(\d+) points apart about ([\d,]+) deals", text)
    assert [apart for apart, _ in needed] == ["20", "10", "5"]
    assert int(needed[0][1].replace(",", "")) >= deals_to_see(0.2, 0.3, 0.05 / 7)
    assert "What to do now" in text
    assert "Learn again with more deals." in text
    assert "About 340 more deals would tell." in text
    assert "Who are they? Ask the sellers of the last ten wins." in text
    for heading in ("Must have", "Nice to have", "Who not to sell to", "Line by line"):
        assert heading not in text


def test_against_a_market_no_word_of_win_rates(alike):
    text = said(alike)
    assert not re.search(r"win rate|\bwon\b|\blost\b|\bwins?\b|\bloss|\bdeals?\b", text, re.IGNORECASE)
    for words in (
        "408 customers against 3,200 companies of the market",
        "76% of 408 customers",
        "22% of 3,200 in the market",
        "lift 3.5×",
        "share of customers",
        "2.4× (2.1–2.7) expected lift, from 250 customers among 820",
        "Lift by fit score",
        "The dashed line is the market (a lift of 1)",
        "Fold by fold",
        "40 of them: 38 were no customers, and 2 were customers",
        "not shown to rank better than firmographic filters alone",
    ):
        assert words in text, words


def test_against_a_market_without_a_pattern_no_word_of_win_rates_either():
    nothing = look_alikes().model_copy(
        update={
            "verdict": "no reliable pattern",
            "criteria": (),
            "tiers": (),
            "fit_bands": (),
            "not_defining": (Finding(attribute="Team size", layer="firmographic", statement="alike"),),
        }
    )
    text = said(page(nothing, None))
    assert "customers from the market" in text
    assert not re.search(r"win rate|\bwon\b|\blost\b", text, re.IGNORECASE)


def hostile_profile() -> Profile:
    """Every text of the file is markup."""
    plain = calling_desk()
    slot = Slot(text=HOSTILE, source="open question")
    finding = Finding(
        attribute=HOSTILE,
        layer="firmographic",
        statement=HOSTILE,
        test=Test(is_=HOSTILE),
        evidence=evidence(3, 9, 2, 9),
    )
    criterion = Criterion(
        attribute=HOSTILE,
        layer="firmographic",
        test=Test(one_of=(HOSTILE, "b")),
        points=2,
        need="must",
        why=HOSTILE,
        how_we_help=HOSTILE,
        verify=HOSTILE,
        evidence=evidence(30, 90, 20, 90),
    )
    return plain.model_copy(
        update={
            "name": HOSTILE,
            "definition": HOSTILE,
            "narrative": Narrative(
                text=f"They are {HOSTILE}\nand",
                company=slot,
                situation=slot,
                trigger=slot,
                alternative=slot,
                urgency=slot,
            ),
            "criteria": (criterion, criterion.model_copy(update={"points": -2, "need": "nice"})),
            "disqualify": (Disqualifier(attribute=HOSTILE, test=Test(has=HOSTILE), why=HOSTILE),),
            "tiers": (Tier(name=HOSTILE, at_least=0, action=HOSTILE, expected=plain.tiers[0].expected),),
            "limits": (HOSTILE,),
            "also_seen": (finding,),
            "no_winners": (finding,),
            "not_defining": (finding,),
            "too_little_data": (finding,),
            "learned": plain.learned.model_copy(
                update={
                    "excluded": (Excluded(column=HOSTILE, reason=HOSTILE),),
                    "warnings": (HOSTILE,),
                    "fingerprint": HOSTILE,
                    "version": HOSTILE,
                    "rows": (plain.learned.rows[0].model_copy(update={"step": HOSTILE, "reason": HOSTILE}),),
                }
            ),
        }
    )


def test_markup_in_a_file_stays_text():
    told = calling_desk_backtest().as_json()
    told["warnings"] = [HOSTILE]
    told["summary"] = told["how"] = HOSTILE
    told["cutoffs"][0]["label"] = HOSTILE
    told["cutoffs"][0]["cutoff"] = None
    told["pooled"]["by_tier"][0]["label"] = HOSTILE
    told["pooled"]["by_score"][0]["label"] = HOSTILE
    told["false_positives"]["deals"][0].update(id=HOSTILE, against=HOSTILE)
    html = page(hostile_profile(), told)
    reader = read(html)
    assert not {tag for tag, _ in reader.elements} & {"script", "img"}
    assert not [a for _, attributes in reader.elements for a in attributes if a.startswith("on")]
    assert HOSTILE not in html
    assert "{{ 7*7 }}" in html, "templates are not run on values"
    assert " ".join(reader.text).count("<script>alert('x')</script>") > 25, "it is shown as it stands"


def test_a_profile_written_by_hand_says_who_wrote_it():
    gap = Slot(text="", source="person")
    bare = Profile(
        name="Mine",
        verdict="written by hand",
        narrative=Narrative(company=gap, situation=gap, trigger=gap, alternative=gap, urgency=gap),
        criteria=(Criterion(attribute="Size", layer="firmographic", test=Test(at_least=3), points=2),),
    )
    text = said(page(bare, None))
    assert "Nothing yet: a person wrote it" in text
    assert "added by a person, no evidence yet" in text
    assert "Nothing stands behind this profile yet but the person who wrote it." in text


def test_a_backtest_with_too_few_deals_is_shown_without_numbers():
    told = calling_desk_backtest().as_json()
    told.update(answer="too few deals", summary="There are too few deals.", cutoffs=[])
    told["pooled"] = {"scored": {"n": 0, "won": 0}}
    told["false_positives"] = {"liked": {"n": 0, "won": 0}, "turned_away": {"n": 0, "won": 0}}
    html = page(calling_desk(), told)
    assert "There are too few deals." in said(html)
    assert "<figure>" not in html


def test_a_file_that_is_no_backtest_is_refused():
    with pytest.raises(InputError, match=r"not a backtest.*idealfit backtest DEALS"):
        page(calling_desk(), {"kind": "horoscope"})


def test_many_false_positives_are_folded_away():
    told = calling_desk_backtest().as_json()
    one = FalsePositive("1", "as of 2011-04-01", None, 90, 10, "x")
    told["false_positives"]["deals"] = [vars(one) for _ in range(30)]
    html = page(calling_desk(), told)
    assert "30 deals that looked right and were not" in said(html)
    assert "<details open" not in html.replace("<details  open", "<details open")


def test_a_criterion_that_its_phrase_does_not_name_shows_its_attribute():
    uses = calling_desk().criteria[0].model_copy(update={"attribute": "technologies", "test": Test(has="Salesforce")})
    html = page(calling_desk().model_copy(update={"criteria": (uses,)}), None)
    assert "Uses Salesforce technologies" in said(html)
