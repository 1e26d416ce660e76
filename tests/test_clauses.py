"""Clauses: where a sentence is cut, whom each speaks of, and when and how its verb says it."""

import pytest

from idealfit.profile.clauses import clause_at, clauses_of
from idealfit.profile.subjects import whom


def cut(sentence):
    return [sentence[c.start : c.end].strip() for c in clauses_of(sentence)]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("They use Slack and they like it.", ["They use Slack", "and they like it."]),
        ("They use Slack and Zoom and pay for both.", ["They use Slack and Zoom", "and pay for both."]),
        ("Firms that use Slack are out.", ["Firms", "that use Slack", "are out."]),
        ("The firms we like have 30 people.", ["The firms", "we like", "have 30 people."]),
        ("Last year they grew.", ["Last year they grew."]),
        ("If they grow, we call.", ["If they grow,", "we call."]),
        ("They have grown since 2019.", ["They have grown since 2019."]),
        ("They have waited since they met us.", ["They have waited", "since they met us."]),
        ("Size: 10–50 people.", ["Size:", "10–50 people."]),
        ("What they use is Slack.", ["What they use", "is Slack."]),
        ("Their client, a bank with 90 people, pays late.", ["Their client, a bank with 90 people, pays late."]),
    ],
)
def test_a_sentence_is_cut_where_somebody_does_something_else(sentence, clauses):
    assert cut(sentence) == clauses


@pytest.mark.parametrize(
    ("sentence", "mood", "lemma"),
    [
        ("They use Slack.", "present", "use"),
        ("They used Slack.", "past", "use"),
        ("They have adopted Slack.", "perfect", "adopt"),
        ("They would use Slack.", "open", "use"),
        ("They have to be on Slack.", "must", "be"),
        ("Skip agencies.", "order", "skip"),
        ("Their fleet stores parcels.", "present", "store"),
        ("Insurers foot the bill.", "present", "foot"),
    ],
)
def test_a_verb_has_its_time_and_mood(sentence, mood, lemma):
    finite = clauses_of(sentence)[0].finite
    assert (finite.mood, finite.lemma) == (mood, lemma)


@pytest.mark.parametrize("sentence", ["They run 20 stores.", "They have sales offices.", "Firms based in Rome."])
def test_what_only_looks_like_a_verb_is_none(sentence):
    assert len(clauses_of(sentence)) == 1
    assert [v.lemma for v in clauses_of(sentence)[0].verbs if v.mood != "infinite"] in ([], ["run"], ["have"])


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("They use Slack.", "they"),
        ("Our best customers use Slack.", "they"),
        ("Most of our customers use Slack.", "they"),
        ("Four in five of them use Slack.", "they"),
        ("The sales team uses Slack.", "they"),
        ("We use Slack.", "we"),
        ("Our app lives in Slack.", "ours"),
        ("A company with 20 stores uses Slack.", "a company"),
        ("Their rivals use Slack.", "somebody else"),
        ("One of their customers uses Slack.", "somebody else"),
        ("A sister company uses Slack.", "somebody else"),
        ("The parcel goes through Slack.", "a thing"),
        ("Dealing with banks takes a year.", "a thing"),
    ],
)
def test_a_clause_speaks_of_somebody(sentence, who):
    assert whom(sentence, clauses_of(sentence)[0]) == who


def test_a_relative_clause_speaks_of_the_noun_before_it():
    sentence = "We serve firms that use Slack, whose rivals use Zoom."
    assert [whom(sentence, clause) for clause in clauses_of(sentence)] == ["we", "they", "somebody else"]
    sentence = "They work with a firm that uses Slack."
    assert [whom(sentence, clause) for clause in clauses_of(sentence)] == ["they", "somebody else"]


def test_what_stands_between_quotation_marks_is_quoted():
    sentence = 'They ask: "Can we use Slack with it?"'
    assert clause_at(sentence, sentence.index("Slack")).quoted
    assert not clause_at('They call it "the beast".', 20).quoted
