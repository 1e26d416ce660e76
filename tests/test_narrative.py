import pytest

from idealfit.profile.document import Narrative, Slot
from idealfit.profile.narrative import (
    QUESTIONS,
    SLOTS,
    narrative_text,
    open_question,
    open_questions,
    reads_like_a_query,
)

TOLD = {
    "company": "software makers of 40 to 250 people.",
    "situation": "who are outgrowing their monitoring",
    "trigger": "after a public outage",
    "alternative": "they were stitching three free tools together",
    "urgency": "that the next outage costs them a renewal",
}


def narrative(**told):
    slots = {name: Slot(text=told[name], source="person") if name in told else open_question(name) for name in SLOTS}
    return Narrative(**slots)


def test_five_slots_make_two_paragraphs_by_the_template():
    assert narrative_text(narrative(**TOLD)).split("\n") == [
        "Our best customers are software makers of 40 to 250 people who are outgrowing their monitoring. "
        "They typically come to us after a public outage.",
        "Before finding us, they were stitching three free tools together. "
        "The reason they move quickly is that the next outage costs them a renewal.",
    ]


@pytest.mark.parametrize("slot", SLOTS)
def test_an_open_question_is_asked_and_never_told(slot):
    known = {name: text for name, text in TOLD.items() if name != slot}
    text = narrative_text(narrative(**known))
    assert f"Open question ({slot}): {QUESTIONS[slot]}" in text
    assert text.count("Open question") == 1
    sentence = {"trigger": "come to us after", "alternative": "Before finding us", "urgency": "The reason they move"}
    assert sentence.get(slot, " who are ") not in text
    assert open_questions(narrative(**known)) == (slot,)


def test_with_nothing_known_there_are_only_questions():
    text = narrative_text(narrative())
    assert "customers are" not in text.replace("your five best customers are", "")
    assert all(question in text for question in QUESTIONS.values())
    assert len(text.split("\n")) == 2


def test_an_empty_slot_is_an_open_question_whatever_its_source():
    told = narrative(**TOLD).model_copy(update={"urgency": Slot(text=" ", source="person")})
    assert QUESTIONS["urgency"] in narrative_text(told)
    assert open_questions(told) == ("urgency",)


def test_the_narrative_itself_does_not_read_like_a_query():
    assert reads_like_a_query(narrative_text(narrative(**TOLD))) == ()
    assert reads_like_a_query(narrative_text(narrative())) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SaaS, 50-500 employees, VP Marketing, US, Series A-C", "list of filters"),
        ("Companies where employees >= 50 are best.", "signs such as >="),
        ("They are in software AND they have a CRM.", "AND, OR or NOT"),
        ("They have annual_revenue of 5 million.", "underscore"),
        ("They have industry = software.", "equal to a value"),
        ("Industry: software, Country: Austria, and they are small.", "Field: value"),
        ("They are in [software, fintech] and grow.", "brackets"),
        ("They have 50-200 people, 5 to 10 offices and $1m-$5m of revenue.", "three ranges|two ranges"),
    ],
)
def test_what_reads_like_a_query_is_told_why(text, reason):
    reasons = reads_like_a_query(text)
    assert any(any(part in given for part in reason.split("|")) for given in reasons), reasons


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Our best customers are hospitals in Austria, Germany and Italy who lost a head nurse last year.",
        "They have a People leader who reports to the CEO, and something big changed in the past year.",
        "They run 15 or more services and had an incident within 90 days of a launch.",
    ],
)
def test_plain_language_is_left_alone(text):
    assert reads_like_a_query(text) == ()
