"""Every check of lint has a profile that fails it, and one profile passes them all."""

from datetime import date

import pytest

from idealfit.errors import ProfileError
from idealfit.profile.document import Criterion, Disqualifier, Estimate, Narrative, Slot, Test, Trigger
from idealfit.profile.lint import coverage, weaknesses
from idealfit.profile.persona import ASKED, as_markdown, personas, refusals
from idealfit.profile.sections import Quote, Role, Seen, Voice
from idealfit.profile.telling import profile_told
from profile_sample import CRM, EMPLOYEES, SAMPLE

TODAY = date(2025, 9, 1)
TOLD = {
    "company": "machine builders of 50 to 200 people",
    "situation": "losing track of their quotes",
    "trigger": "the founder has handed over",
    "alternative": "keeping quotes in spreadsheets",
    "urgency": "that the season for tenders opens in spring",
}


def told(**other):
    return Narrative(**{name: Slot(text=text, source="person") for name, text in {**TOLD, **other}.items()})


def worded(criterion, **update):
    words = {"why": "Large enough to feel it.", "how_we_help": "Every quote in one list.", "verify": "Its own site."}
    return criterion.model_copy(update={**words, **update})


LEARNED = SAMPLE.learned.model_copy(update={"as_of": date(2025, 6, 30)})
HEALTHY = SAMPLE.model_copy(
    update={
        "narrative": told(),
        "criteria": (worded(EMPLOYEES), worded(CRM)),
        "triggers": (
            Trigger(
                kind="handover", window_days=(1, 90), half_life_days=Estimate(value=60), weight=2,
                why="A new owner looks at everything.", verify="The commercial register.",
            ),
        ),
        "learned": LEARNED,
        "voice": (),
        "economics": None,
    }
)  # fmt: skip


def but(**update):
    return HEALTHY.model_copy(update=update)


def failing(profile):
    return {check for weakness in weaknesses(profile, TODAY) for check in weakness.checks}


def test_a_healthy_profile_has_no_weakness():
    assert weaknesses(HEALTHY, TODAY) == ()


FIRST = SAMPLE.tiers[0]
FLAT = SAMPLE.fit_bands[2].model_copy(update={"n": 500, "won": 180})
BROKEN = {
    "filter list, sign 1": but(criteria=(worded(EMPLOYEES),), triggers=()),
    "pitfall: shallow": but(criteria=(worded(EMPLOYEES),), triggers=()),
    "filter list, sign 2": but(
        tiers=(FIRST.model_copy(update={"expected": FIRST.expected.model_copy(update={"won": 18, "low": 0.27})}),)
    ),
    "filter list, sign 3": but(triggers=(), narrative=told(trigger="")),
    "pitfall: ignoring timing": but(triggers=()),
    "four questions: the problem they have now": but(narrative=told(situation="")),
    "four questions: what they tried that failed": but(narrative=told(alternative="")),
    "four questions: why act now and not do nothing": but(narrative=told(urgency="")),
    "four questions: why us": but(criteria=(worded(EMPLOYEES, how_we_help=""), worded(CRM, how_we_help=""))),
    "exclusion test": but(disqualify=(), criteria=(worded(EMPLOYEES, need="nice"), worded(CRM))),
    "pitfall: too broad": but(fit_bands=(*SAMPLE.fit_bands[:2], FLAT)),
    "breadth test": but(criteria=(worded(EMPLOYEES, met_by=97), worded(CRM, met_by=95))),
    "specificity": but(definition="Innovative firms of 50 to 200 people."),
    "access is not fit": but(definition="Well-known firms that a salesperson can call."),
    "verifiable": but(criteria=(worded(EMPLOYEES, verify=""), worded(CRM))),
    "pitfall: no rationale": but(criteria=(worded(EMPLOYEES, why=""), worded(CRM))),
    "plain language": but(definition="employees >= 50 AND crm IN (HubSpot)"),
    "four-point check: can be told as a story": but(definition="SaaS, 50-500 employees, VP Marketing, US, Series A-C"),
    "pitfall: assumptions, no data": profile_told("Our best customers are German firms of 40 to 250 people."),
    "pitfall: never validated": but(learned=None),
    "pitfall: ignoring profitability": but(best_customers=None),
    "pitfall: ICP mixed with persona": but(
        disqualify=(Disqualifier(attribute="Job Title", test=Test(is_="Intern"), why="Cannot buy."),)
    ),
    "pitfall: never revisited": but(learned=LEARNED.model_copy(update={"as_of": date(2024, 1, 1)})),
}


@pytest.mark.parametrize("check", BROKEN)
def test_each_check_finds_what_it_is_for(check):
    assert check in failing(BROKEN[check])


def test_what_does_not_pay_is_repeated_from_the_economics():
    (weakness,) = weaknesses(but(economics=SAMPLE.economics), TODAY)
    assert (weakness.checks, weakness.what) == (("pitfall: ignoring profitability",), SAMPLE.economics.flags[0])


def test_every_weakness_says_what_to_do():
    found = [weakness for profile in BROKEN.values() for weakness in weaknesses(profile, TODAY)]
    assert all(weakness.checks and weakness.what and weakness.next_step.endswith((".", "?")) for weakness in found)


def test_a_criterion_that_nobody_can_look_up_is_found():
    culture = Criterion(
        attribute="sales_culture", layer="operational", test=Test(is_="good"), points=2, why="It helps.", verify="Ask."
    )
    found = [w for w in weaknesses(but(criteria=(worded(EMPLOYEES), culture)), TODAY) if "verifiable" in w.checks]
    assert ["culture" in w.what for w in found] == [True]


def test_the_filter_list_of_the_guides_shows_all_that_it_lacks():
    found = failing(profile_told("SaaS companies, 50-500 employees, VP Marketing or CMO, US, Series A-C"))
    assert {"filter list, sign 1", "filter list, sign 3", "exclusion test", "plain language"} <= found
    assert {check for check in found if check.startswith("four questions")} == {
        "four questions: the problem they have now",
        "four questions: what set it off",
        "four questions: what they tried that failed",
        "four questions: why act now and not do nothing",
        "four questions: why us",
    }


def test_what_customers_say_is_offered_where_the_narrative_is_open():
    pain = Voice(slot="pain", phrase="quotes get lost", quotes=(Quote(text="our quotes get lost", source="call 1"),))
    (weakness,) = weaknesses(but(narrative=told(situation=""), voice=(pain,)), TODAY)
    assert "quotes get lost" in weakness.next_step


def test_layers_are_deep_shallow_or_not_covered():
    bare = Criterion(attribute="offices", layer="operational", test=Test(at_least=3), points=1)
    layers = coverage(but(criteria=(EMPLOYEES, bare), triggers=()))
    assert {layer: depth for layer, (depth, _) in layers.items()} == {
        "firmographic": "deep",
        "technographic": "not covered",
        "operational": "shallow",
        "behavioural": "not covered",
        "negative": "deep",
    }
    assert all(why for _, why in layers.values())


COMMITTEE = (Role(role="VP Sales", won=Seen(seen=30, n=40), lost=Seen(seen=10, n=60)),)


def test_a_persona_starts_on_a_validated_profile():
    said = Voice(slot="objection", phrase="too expensive", quotes=(Quote(text="it is too expensive", source="call 2"),))
    (persona,) = personas(but(committee=COMMITTEE, voice=(said,)))
    assert persona.seen == "in 30 of 40 won deals and in 10 of 60 lost deals"
    assert "it is too expensive" in persona.known["objections"][0]
    assert persona.known["goals"] == (ASKED["goals"],)
    assert "## VP Sales" in as_markdown("Ours", (persona,))


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (profile_told("Our best customers are German firms of 40 to 250 people."), "never held against deals"),
        (but(criteria=(), committee=COMMITTEE), "no criterion of the profile is supported"),
        (but(committee=COMMITTEE, learned=LEARNED.model_copy(update={"auc": None})), "does not rank"),
        (but(committee=()), "nobody is known"),
    ],
)
def test_a_persona_refuses_to_start_and_says_why(profile, words):
    with pytest.raises(ProfileError, match=words) as refused:
        personas(profile, "p.yaml")
    assert all(mistake.next_step for mistake in refused.value.mistakes)
    assert refusals(profile)
