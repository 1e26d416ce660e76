import pytest
from pydantic import ValidationError

from idealfit.profile.document import Criterion, Test


@pytest.mark.parametrize("conditions", [{}, {"at_least": 1, "below": 5}, {"is": "a", "has": "b"}])
def test_a_test_has_exactly_one_condition(conditions):
    with pytest.raises(ValidationError, match=f"exactly one condition, this one has {len(conditions)}"):
        Test.model_validate(conditions)


def test_a_band_runs_upward():
    with pytest.raises(ValidationError, match="between needs the smaller number first"):
        Test(between=(5, 5))


@pytest.mark.parametrize(
    ("test", "condition"), [(Test(is_="x"), "is"), (Test(at_least=0), "at_least"), (Test(is_not=False), "is_not")]
)
def test_a_test_names_its_condition_as_the_file_does(test, condition):
    assert test.condition == condition


def test_an_answer_of_no_or_nought_is_a_condition_too():
    assert Test(is_=False).is_ is False
    assert Test(is_=0).condition == "is"


@pytest.mark.parametrize("points", [-6, 6])
def test_points_are_bounded(points):
    with pytest.raises(ValidationError, match="equal to"):
        Criterion(attribute="x", layer="firmographic", test=Test(has="y"), points=points)


def test_a_criterion_that_says_nothing_of_evidence_has_none():
    line = Criterion(attribute="x", layer="firmographic", test=Test(has="y"), points=1)
    assert line.evidence.verdict == "no evidence"


def test_values_are_frozen_and_know_their_keys():
    line = Test(has="y")
    with pytest.raises(ValidationError, match="frozen"):
        line.has = "z"
    with pytest.raises(ValidationError, match="Extra inputs"):
        Test.model_validate({"hass": "y"})
