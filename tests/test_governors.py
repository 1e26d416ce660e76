"""What words hang on: a verb, a noun, a list, or nothing."""

import pytest

from idealfit.profile.governors import governors


@pytest.mark.parametrize(
    ("sentence", "words", "chain"),
    [
        ("They sit in Rome.", "Rome", [("verb", "in", "sit")]),
        ("They have an office in Rome.", "Rome", [("noun", "in", "office"), ("verb", "", "have")]),
        (
            "Firms in Rome with 50 people",
            "50",
            [("noun", "with", "Rome"), ("noun", "in", "Firms"), ("start", "", None)],
        ),
        ("They keep their books in Xero.", "Xero", [("noun", "in", "books"), ("verb", "", "keep")]),
        ("They use Slack and no CRM.", "CRM", [("join", "", "and")]),
        ("In Rome", "Rome", [("start", "In", None)]),
        ("Rule out Peru.", "Peru", [("verb", "out", "Rule")]),
    ],
)
def test_words_hang_on_what_stands_before_them(sentence, words, chain):
    found = governors(sentence, sentence.index(words))
    assert [(g.what, g.by, g.word and g.word.text) for g in found] == [(a, b.lower(), c) for a, b, c in chain]


def test_what_follows_and_hangs_on_the_verb_before():
    (nearest,) = governors("They use Slack and no CRM.", 22)
    assert (nearest.verb.lemma, nearest.determined) == ("use", "no")
