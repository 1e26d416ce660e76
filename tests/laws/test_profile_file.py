"""Laws of the profile file: what is written is read back, whatever words and numbers stand in it."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from idealfit.errors import ProfileError
from idealfit.profile.document import (
    ChurnFinding,
    Condition,
    CountedRows,
    Criterion,
    Disqualifier,
    Economics,
    EconomicsGroup,
    Estimate,
    Evidence,
    Excluded,
    Figures,
    Finding,
    FitBand,
    KeptAt,
    Learned,
    Measure,
    Narrative,
    Profile,
    Quote,
    Rate,
    Retained,
    RetentionCurve,
    Role,
    Seen,
    Segment,
    Slot,
    Test,
    Tier,
    TimeSpan,
    Trigger,
    TriggerEvidence,
    TriggerTimeline,
    Voice,
)
from idealfit.profile.files import as_written, dumps, loads
from idealfit.profile.keeping import kept
from idealfit.profile.layout import scalar
from idealfit.profile.narrative import SLOTS
from idealfit.profile.versions import fingerprint

AWKWARD = (
    *("yes", "no", "on", "null", "~", "1", "1.5", "007", "1e5", "1_000", "0x1F", "12:30", "2024-05-01", "true", ".inf"),
    *(
        "- a",
        "a: b",
        "a #b",
        "# a",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a",
        "'",
        '"',
        "[a]",
        "{a: b}",
        "a,b",
        ">",
        "|",
        "?",
    ),
    *(
        ":",
        "=",
        "<<",
        "---",
        "...",
        " a",
        "a ",
        "a\n",
        "\na",
        "a\n\nb",
        "a\n b",
        "\t",
        "a\u0085b",
        "a\u2028b",
        "\ufeff",
    ),
    *("\x00", "\x1b[31m", "é", "日本", "🙂", "a  b", "x" * 130, "word " * 40 + "end", "word: " * 30 + "end"),
    "para one is long " * 9 + "x\n" + "para two " * 20 + "y",
)
texts = st.sampled_from(AWKWARD) | st.text(max_size=40) | st.text(alphabet="ab \n#:-'\"", max_size=140)
names = texts.filter(bool)
numbers = st.floats(-1e300, 1e300) | st.integers(-(10**6), 10**6).map(float)
shares = st.floats(0, 1)
scalars = texts | st.booleans() | st.integers(-(10**12), 10**12) | numbers


@st.composite
def rates(draw):
    n = draw(st.integers(0, 10**6))
    return Rate(n=n, won=draw(st.integers(0, n)), rate=draw(shares), low=draw(shares), high=draw(shares))


estimates = st.builds(Estimate, value=numbers, low=st.none() | numbers, high=st.none() | numbers)
evidence = st.builds(
    Evidence,
    verdict=st.sampled_from(["supported", "suggestive", "not supported", "too little data", "no evidence"]),
    inside=st.none() | rates(),
    ratio=st.none() | estimates,
    p=st.none() | shares,
    periods=st.none() | st.integers(0, 9),
)
tests = st.one_of(
    scalars.map(lambda v: Test(is_=v)),
    scalars.map(lambda v: Test(is_not=v)),
    st.lists(scalars, min_size=1, max_size=30).map(lambda v: Test(one_of=tuple(v))),
    st.tuples(numbers, numbers).filter(lambda v: v[0] < v[1]).map(lambda v: Test(between=v)),
    numbers.map(lambda v: Test(at_least=v)),
    texts.map(lambda v: Test(lacks=v)),
    st.integers(0, 5000).map(lambda v: Test(within_days=v)),
)
layers = st.sampled_from(["firmographic", "technographic", "operational", "behavioural", "negative"])
criteria = st.builds(
    Criterion,
    attribute=names,
    layer=layers,
    test=tests,
    points=st.integers(1, 5),
    need=st.sampled_from(["must", "nice"]),
    met_by=st.integers(0, 100),
    why=texts,
    how_we_help=texts,
    verify=texts,
    evidence=evidence,
)
disqualifiers = st.builds(Disqualifier, attribute=names, test=tests, why=texts, evidence=evidence)
findings = st.builds(
    Finding, attribute=texts, layer=layers, statement=texts, test=st.none() | tests, evidence=st.none() | evidence
)
days = st.integers(0, 9999)
conditions = st.builds(Condition, attribute=names, test=tests)
windows = st.tuples(days, days).map(lambda ends: (min(ends), max(ends)))
half_lives = st.builds(Estimate, value=st.floats(0.001, 1e6), low=st.none() | numbers)
verdicts = st.sampled_from(["supported", "suggestive", "not supported", "too little data", "no evidence"])
triggers = st.builds(
    Trigger,
    kind=names,
    outcome=st.sampled_from(["opening", "win"]),
    window_days=windows,
    half_life_days=half_lives,
    half_life_source=st.sampled_from(["fitted", "default", "person"]),
    weight=st.integers(-5, 5),
    effect=st.none() | estimates,
    why=texts,
    verify=texts,
    evidence=st.builds(
        TriggerEvidence, verdict=verdicts, cases=days, expected=st.none() | numbers, p=st.none() | shares
    ),
)


@st.composite
def seen(draw):
    n = draw(days)
    return Seen(seen=draw(st.integers(0, n)), n=n)


@st.composite
def retained(draw):
    n = draw(days)
    return Retained(n=n, churned=draw(st.integers(0, n)), kept=draw(st.none() | shares))


measures = st.none() | st.builds(Measure, value=st.none() | numbers, n=days)
figures = st.builds(
    Figures, deals=st.just(9), won=st.integers(0, 9), deal_size=measures, ltv=measures, support=measures
)
economics = st.builds(
    Economics,
    currency=texts,
    figures=figures,
    flags=st.lists(texts, max_size=2).map(tuple),
    groups=st.lists(st.builds(EconomicsGroup, of=texts, figures=figures), max_size=2).map(tuple),
)
churn = st.builds(
    ChurnFinding,
    attribute=names,
    layer=layers,
    test=tests,
    statement=texts,
    verdict=verdicts,
    hazard_ratio=st.none() | estimates,
    inside=st.none() | retained(),
)
definitions = st.lists(conditions, min_size=1, max_size=2).map(tuple)
segments = st.builds(Segment, name=names, definition=definitions, file=texts, n=st.just(9), won=st.integers(0, 9))
quotes = st.builds(Quote, text=texts, speaker=texts, on=st.none() | st.dates(), source=texts, hash=texts)
voices = st.builds(
    Voice,
    slot=st.sampled_from(["pain", "alternative", "objection", "urgency", "trigger"]),
    phrase=texts,
    verdict=verdicts,
    best=st.none() | seen(),
    ratio=st.none() | estimates,
    strength=st.sampled_from(["recorded words", "CRM notes"]),
    quotes=st.lists(quotes, max_size=2).map(tuple),
)
roles = st.builds(Role, role=names, verdict=verdicts, won=st.none() | seen(), lost=st.none() | seen())
spans = st.lists(st.builds(TimeSpan, from_days=days, to_days=days, seen=days, expected=numbers), max_size=2).map(tuple)
kept_at = st.builds(KeptAt, days=days, at_risk=days, kept=shares, low=shares, high=shares)
curves = st.builds(
    RetentionCurve,
    of=texts,
    n=st.just(9),
    churned=st.integers(0, 9),
    steps=st.lists(kept_at, max_size=2).map(tuple),
)
slots = st.builds(Slot, text=texts, source=st.sampled_from(["data", "person", "open question"]))
narratives = st.builds(
    Narrative, text=texts, company=slots, situation=slots, trigger=slots, alternative=slots, urgency=slots
)


@st.composite
def tiers(draw):
    starts = sorted(draw(st.sets(st.integers(0, 100), max_size=4)), reverse=True)
    return tuple(
        Tier(name=f"{chr(65 + i)}{draw(texts)}", at_least=at, action=draw(texts), expected=draw(st.none() | rates()))
        for i, at in enumerate(starts)
    )


@st.composite
def bands(draw):
    edges = [0, *sorted(draw(st.sets(st.integers(1, 100), max_size=4))), 101]
    together = [FitBand(fit_from=a, fit_to=b - 1, **draw(rates()).model_dump()) for a, b in pairwise(edges)]
    return tuple(together) if draw(st.booleans()) else ()


rows = st.builds(CountedRows, step=texts, rows_in=st.integers(0, 9), rows_out=st.integers(0, 9))
learned = st.builds(
    Learned,
    as_of=st.none() | st.dates(),
    mode=st.sampled_from(["won and lost deals", "customers against a market"]),
    window=st.none() | st.tuples(st.dates(), st.dates()),
    deals=st.integers(0, 10**7),
    won=st.integers(0, 10),
    lost=st.integers(0, 10),
    base_rate=rates(),
    fingerprint=texts,
    seed=st.integers(0, 2**40),
    version=texts,
    rows=st.lists(rows, max_size=2).map(tuple),
    excluded=st.lists(st.builds(Excluded, column=texts, reason=texts), max_size=2).map(tuple),
    warnings=st.lists(texts, max_size=2).map(tuple),
)


def distinct(lines, name="attribute"):
    """Keep lines of different attributes, in any letter case: two that say the same are a mistake."""
    return tuple({getattr(line, name).casefold(): line for line in lines}.values())


profiles = st.builds(
    Profile,
    name=names,
    verdict=st.sampled_from(["learned", "no reliable pattern", "written by hand"]),
    definition=texts,
    narrative=narratives,
    criteria=st.lists(criteria, max_size=7).map(distinct),
    disqualify=st.lists(disqualifiers, max_size=3).map(distinct),
    triggers=st.lists(triggers, max_size=2).map(lambda lines: distinct(lines, "kind")),
    tiers=tiers(),
    segments=st.lists(segments, max_size=2).map(lambda lines: distinct(lines, "name")),
    voice=st.lists(voices, max_size=1).map(tuple),
    committee=st.lists(roles, max_size=1).map(tuple),
    economics=st.none() | economics,
    churn=st.lists(churn, max_size=1).map(tuple),
    timelines=st.lists(st.builds(TriggerTimeline, kind=texts, spans=spans), max_size=1).map(tuple),
    retention=st.lists(curves, max_size=1).map(tuple),
    fit_bands=bands(),
    also_seen=st.lists(findings, max_size=2).map(tuple),
    limits=st.lists(texts, max_size=3).map(tuple),
    learned=st.none() | learned,
)
few = settings(
    max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)  # shrinking takes minutes


@few
@given(profiles)
def test_what_is_written_is_read_back(profile):
    assert loads(dumps(profile)) == as_written(profile)


@few
@given(profiles)
def test_writing_again_over_the_same_file_changes_nothing(profile):
    text = dumps(profile)
    assert dumps(loads(text), previous=text) == text


@few
@given(profiles)
def test_the_fingerprint_survives_the_file_but_for_rounding(profile):
    assert fingerprint(loads(dumps(profile))) == fingerprint(as_written(profile))


@few
@given(profiles, profiles)
def test_keeping_twice_is_keeping_once_and_can_always_be_written(new, old):
    together = kept(new, old)
    assert kept(together, old) == together
    assert loads(dumps(together)) == as_written(together)


@settings(max_examples=300, deadline=None)
@given(scalars, st.booleans())
def test_a_value_means_the_same_to_another_reader(value, inside):
    text = scalar(value, inside=inside)
    read = YAML(typ="safe", pure=True).load(f"a: [{text}]" if inside else f"a: {text}")["a"]
    assert (read[0] if inside else read) == value


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abc:-[]{}#'\"&*!|>%@,? \n\t0", max_size=80) | st.text(max_size=40))
def test_no_text_ever_causes_anything_but_a_profile_error(text):
    for start in ("", "idealfit: 2\nname: x\ncriteria:\n"):
        with pytest.raises(ProfileError) as caught:
            loads(start + text)
        assert all(mistake.where.startswith("profile.yaml") for mistake in caught.value.mistakes)


@few
@given(st.dates(min_value=date(1900, 1, 1)))
def test_text_that_looks_like_a_day_stays_text(day):
    profile = Profile(name=str(day), verdict="written by hand", narrative=NOBODY)
    assert loads(dumps(profile)).name == str(day)


NOBODY = Narrative(**dict.fromkeys(SLOTS, Slot(text="", source="person")))
