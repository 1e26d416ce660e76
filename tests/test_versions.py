import pytest

from idealfit.errors import ProfileError
from idealfit.profile.document import Test, Tier
from idealfit.profile.files import dumps, loads
from idealfit.profile.versions import fingerprint, upgraded
from profile_sample import CRM, EMPLOYEES, SAMPLE

STEPS = {
    1: lambda raw: {**{k: v for k, v in raw.items() if k != "title"}, "name": raw["title"]},
    2: lambda raw: {**raw, "name": raw["name"].upper()},
}


def test_an_old_file_is_upgraded_one_step_at_a_time():
    assert upgraded({"idealfit": 1, "title": "ours"}, steps=STEPS, current=3) == {"idealfit": 3, "name": "OURS"}
    assert upgraded({"idealfit": 2, "name": "ours"}, steps=STEPS, current=3) == {"idealfit": 3, "name": "OURS"}


def test_a_file_of_format_1_is_read_as_it_was_meant():
    old = dumps(SAMPLE.model_copy(update={"triggers": (), "segments": (), "voice": (), "committee": (), "churn": ()}))
    first = old.replace("idealfit: 2", "idealfit: 1")
    assert first != old
    assert loads(first) == loads(old)
    assert upgraded({"idealfit": 1, "name": "Ours", "odd": 1}) == {"idealfit": 2, "name": "Ours", "odd": 1}


def test_the_current_version_is_left_as_it_is():
    assert upgraded({"idealfit": 3, "name": "ours"}, steps=STEPS, current=3) == {"idealfit": 3, "name": "ours"}


def test_a_newer_file_is_refused_with_the_way_out():
    with pytest.raises(ProfileError) as caught:
        upgraded({"idealfit": 4}, "p.yaml:1", steps=STEPS, current=3)
    assert str(caught.value) == (
        "p.yaml:1: written by a newer Idealfit: the format of this file is not known here, found '4'. "
        "Allowed: up to 3. Upgrade: pip install --upgrade idealfit."
    )


@pytest.mark.parametrize("version", [None, "1", True, 0, -1, 1.0, []])
def test_what_is_no_version_is_refused(version):
    with pytest.raises(ProfileError, match="must be the version of the file format"):
        upgraded({"idealfit": version}, steps=STEPS, current=3)


def changed(**update):
    return SAMPLE.model_copy(update=update)


def test_the_fingerprint_is_of_what_scores_and_nothing_else():
    same = changed(
        name="Another",
        definition="",
        criteria=tuple(reversed(SAMPLE.criteria)),
        limits=(),
        tiers=tuple(tier.model_copy(update={"action": "Wait."}) for tier in SAMPLE.tiers),
    )
    assert fingerprint(same) == fingerprint(SAMPLE)
    assert len(fingerprint(SAMPLE)) == 64


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Test(one_of=("HubSpot", "none")), Test(one_of=(" NONE", "hubspot", "HubSpot"))),
        (Test(between=(50, 200)), Test(between=(50.0, 200.0))),
        (Test(is_=True), Test(is_="Yes")),
    ],
)
def test_ways_of_writing_the_same_test_have_one_fingerprint(one, other):
    first, second = (changed(criteria=(CRM.model_copy(update={"test": test}),)) for test in (one, other))
    assert fingerprint(first) == fingerprint(second)


@pytest.mark.parametrize(
    "other",
    [
        changed(criteria=SAMPLE.criteria[1:]),
        changed(criteria=(EMPLOYEES.model_copy(update={"points": 2}), *SAMPLE.criteria[1:])),
        changed(criteria=(EMPLOYEES.model_copy(update={"met_by": 32}), *SAMPLE.criteria[1:])),
        changed(criteria=(EMPLOYEES.model_copy(update={"test": Test(between=(50, 201))}), *SAMPLE.criteria[1:])),
        changed(disqualify=()),
        changed(tiers=(Tier(name="A", at_least=71, action="Call within a day."), *SAMPLE.tiers[1:])),
        changed(fit_bands=SAMPLE.fit_bands[:2]),
    ],
)
def test_whatever_changes_a_score_changes_the_fingerprint(other):
    assert fingerprint(other) != fingerprint(SAMPLE)


def test_without_criteria_the_base_rate_is_what_scores():
    bare = changed(criteria=(), fit_bands=())
    rate = SAMPLE.learned.base_rate.model_copy(update={"rate": 0.5})
    other = bare.model_copy(update={"learned": SAMPLE.learned.model_copy(update={"base_rate": rate})})
    assert fingerprint(bare) != fingerprint(other)
