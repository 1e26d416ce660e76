import pytest

from idealfit.profile.document import Criterion, Disqualifier, Estimate, Evidence, Profile, Slot, Test, Tier
from idealfit.profile.keeping import UNMEASURED, kept, matched, persons_line, signed
from idealfit.profile.narrative import narrative_text
from profile_sample import CRM, EMPLOYEES, HIRING, MOVED, NEW_LEAD, SAMPLE

WRITTEN = signed(SAMPLE)
MINE = Criterion(attribute="region", layer="operational", test=Test(is_="South"), points=2, why="We have a truck.")


def with_(profile: Profile, **update) -> Profile:
    return profile.model_copy(update=update)


def learned_again(**update) -> Profile:
    """A fresh profile: same data, other sentences."""
    criteria = tuple(with_(c, why=f"Drafted anew for {c.attribute}.") for c in SAMPLE.criteria)
    return with_(SAMPLE, **{"criteria": criteria, "definition": "Drafted anew.", **update})


def first(profile: Profile, **update) -> Profile:
    """The profile after a person edited its first criterion."""
    return with_(profile, criteria=(with_(profile.criteria[0], **update), *profile.criteria[1:]))


def test_drafted_sentences_are_drafted_anew():
    together = kept(learned_again(), WRITTEN)
    assert together.criteria[0].why == "Drafted anew for employees."
    assert together.definition == "Drafted anew."


def test_a_persons_words_stay_even_if_the_cut_moved():
    old = first(WRITTEN, why="They answer the phone.", how_we_help="Set up in a day.", verify="Ask the office.")
    new = first(learned_again(), test=Test(between=(75, 150)))
    line = kept(new, old).criteria[0]
    assert (line.why, line.how_we_help, line.verify) == (
        "They answer the phone.",
        "Set up in a day.",
        "Ask the office.",
    )
    assert line.test == Test(between=(75, 150))


def test_a_persons_words_leave_with_the_condition_they_were_about():
    old = first(WRITTEN, why="They answer the phone.")
    new = first(learned_again(), test=Test(at_least=75))
    together = kept(new, old)
    assert together.criteria[0].why == "Drafted anew for employees."
    said = [text for text in together.limits if "They answer the phone." in text]
    assert said == [
        "No longer a line, for the data do not bear it out: employees between 50 and 199. "
        "What was written about it: They answer the phone."
    ]
    again = kept(with_(new, name="Third"), together)
    assert again.limits == together.limits  # it stays until a person deletes it, and stands there once
    assert not [text for text in kept(learned_again(criteria=()), WRITTEN).limits if "No longer" in text]


def test_kept_words_are_still_a_persons_the_third_time():
    old = first(WRITTEN, why="They answer the phone.")
    second = kept(learned_again(), old)
    third = kept(with_(learned_again(), name="Third"), second)
    assert third.criteria[0].why == "They answer the phone."
    assert third.criteria[1].why == "Drafted anew for CRM."


def test_an_emptied_sentence_is_drafted_again():
    assert kept(learned_again(), first(WRITTEN, why="")).criteria[0].why == "Drafted anew for employees."


def test_points_and_evidence_follow_the_data():
    new = first(learned_again(), points=1)
    assert kept(new, first(WRITTEN, points=5)).criteria[0].points == 1


def test_name_definition_limits_and_tiers_of_a_person_stay():
    tiers = (Tier(name="Gold", at_least=60, action="Call now."), *WRITTEN.tiers[1:])
    old = with_(WRITTEN, name="Ours", definition="Ours.", limits=("We know no budgets.",), tiers=tiers)
    together = kept(learned_again(), old)
    assert (together.name, together.definition) == ("Ours", "Ours.")
    assert together.limits == (*SAMPLE.limits, "We know no budgets.")
    assert [(t.name, t.at_least, t.action) for t in together.tiers[:2]] == [
        ("Gold", 70, "Call now."),
        ("B", 40, "Write a personal message."),
    ]


def test_tiers_of_another_number_are_the_same_by_name():
    old = with_(WRITTEN, tiers=(WRITTEN.tiers[0], with_(WRITTEN.tiers[1], action="Ring the bell.")))
    assert [tier.action for tier in kept(learned_again(), old).tiers] == [
        "Call within a day.",
        "Ring the bell.",
        "Leave to marketing.",
    ]


@pytest.mark.parametrize("source", ["person", "open question"])
def test_an_answered_question_stays_and_the_narrative_is_told_with_it(source):
    answered = with_(WRITTEN.narrative, trigger=Slot(text="a failed audit", source=source))
    together = kept(learned_again(), with_(WRITTEN, narrative=answered))
    assert together.narrative.trigger == Slot(text="a failed audit", source="person")
    assert together.narrative.text == narrative_text(together.narrative)
    assert "after a failed audit." in together.narrative.text
    again = kept(learned_again(), together)
    assert again.narrative == together.narrative


def test_the_narrative_told_with_an_answer_is_told_anew_with_new_data():
    answered = with_(WRITTEN.narrative, trigger=Slot(text="a failed audit", source="person"))
    second = kept(learned_again(), with_(WRITTEN, narrative=answered))
    told = with_(SAMPLE.narrative, company=Slot(text="firms of 80 people", source="data"))
    third = kept(learned_again(narrative=with_(told, text=narrative_text(told))), second)
    assert "are firms of 80 people" in third.narrative.text
    assert "after a failed audit." in third.narrative.text


def test_a_question_that_stands_in_a_profile_by_hand_is_not_an_answer():
    by_hand = with_(SAMPLE, learned=None, verdict="written by hand")
    assert kept(learned_again(), by_hand).narrative.trigger.source == "open question"


def test_a_narrative_in_a_persons_words_stays_as_it_is():
    old = with_(WRITTEN, narrative=with_(WRITTEN.narrative, text="They are good people."))
    assert kept(learned_again(), old).narrative.text == "They are good people."


def test_a_persons_line_stays_and_says_that_it_was_not_measured():
    together = kept(learned_again(), with_(WRITTEN, criteria=(*WRITTEN.criteria, MINE)))
    assert together.criteria[-1] == MINE
    assert together.limits[-1] == UNMEASURED
    without = kept(learned_again(), with_(together, criteria=together.criteria[:-1]))
    assert UNMEASURED not in without.limits


def test_a_learned_line_steps_back_for_a_persons_on_the_same():
    mine = Criterion(attribute="employees", layer="firmographic", test=Test(between=(10, 500)), points=5)
    together = kept(learned_again(), with_(WRITTEN, criteria=(CRM, mine)))
    assert [c.attribute for c in together.criteria] == ["CRM", "hiring_sales", "employees"]
    assert together.criteria[-1] == mine
    set_aside = together.also_seen[-1]
    assert (set_aside.test, set_aside.evidence) == (EMPLOYEES.test, EMPLOYEES.evidence)
    assert set_aside.statement == "A person's line on it is kept instead."


def test_there_are_never_more_than_seven_and_the_weakest_learned_ones_go():
    learned = (*(with_(CRM, attribute=f"a{n}", points=n + 1) for n in range(5)), HIRING, EMPLOYEES)
    together = kept(learned_again(criteria=learned), with_(WRITTEN, criteria=(MINE,)))
    assert [c.attribute for c in together.criteria] == ["a0", "a1", "a2", "a3", "a4", "employees", "region"]
    assert together.also_seen[-1].attribute == "hiring_sales"


def test_a_persons_disqualifier_stays():
    mine = Disqualifier(attribute="country", test=Test(is_="XX"))
    together = kept(learned_again(), with_(WRITTEN, disqualify=(*WRITTEN.disqualify, mine)))
    assert together.disqualify == (*SAMPLE.disqualify, mine)


def test_everything_in_a_profile_by_hand_is_a_persons():
    by_hand = with_(SAMPLE, learned=None, verdict="written by hand", criteria=(MINE,), name="By hand")
    together = kept(learned_again(), by_hand)
    assert together.name == "By hand"
    assert MINE in together.criteria
    assert kept(by_hand, WRITTEN) == by_hand


def test_new_words_of_a_person_win_over_old_ones():
    old = first(WRITTEN, why="They answer the phone.")
    assert kept(first(old, why="They pay in time."), old).criteria[0].why == "They pay in time."


def test_a_signed_profile_is_not_signed_again():
    assert signed(first(WRITTEN, why="They answer the phone.")).learned == WRITTEN.learned
    assert len(WRITTEN.learned.drafted) == len(set(WRITTEN.learned.drafted)) > 10


def test_lines_are_matched_by_test_and_then_by_condition():
    low, high = (with_(EMPLOYEES, test=Test(between=ends)) for ends in ((10, 50), (50, 200)))
    moved = with_(EMPLOYEES, test=Test(between=(5, 40)))
    assert matched((high, moved), (low, high)) == {0: 1, 1: 0}
    assert matched((CRM,), (low, high)) == {}


def test_a_line_without_evidence_is_a_persons():
    assert persons_line(MINE)
    assert not persons_line(with_(MINE, evidence=Evidence(verdict="too little data")))


FRESH = with_(NEW_LEAD, window_days=(0, 90), half_life_days=Estimate(value=39), why="Drafted anew.")


def test_a_persons_words_and_half_life_stay_on_a_learned_trigger():
    mine = with_(NEW_LEAD, why="They call.", half_life_days=Estimate(value=100), half_life_source="person")
    line, moved = kept(learned_again(triggers=(FRESH,)), with_(WRITTEN, triggers=(mine, MOVED))).triggers
    assert (line.why, line.half_life_days.value, line.half_life_source) == ("They call.", 100, "person")
    assert line.window_days == (0, 90)
    assert moved == MOVED


def test_a_fitted_half_life_and_drafted_words_follow_the_data():
    line = kept(learned_again(triggers=(FRESH,)), with_(WRITTEN, triggers=(NEW_LEAD,))).triggers[0]
    assert line == FRESH


def test_a_persons_trigger_displaces_the_learned_one_of_its_kind():
    mine = with_(MOVED, kind="New head of sales", outcome="opening")
    assert kept(learned_again(triggers=(FRESH,)), with_(WRITTEN, triggers=(mine,))).triggers == (mine,)
    other = with_(mine, outcome="win")
    assert kept(learned_again(triggers=(FRESH,)), with_(WRITTEN, triggers=(other,))).triggers == (FRESH, other)
