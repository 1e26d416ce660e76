import os
import re
from pathlib import Path

import pytest

from idealfit.errors import InputError, ProfileError
from idealfit.profile.document import Criterion, Evidence, Slot, Test
from idealfit.profile.files import as_written, dump, dumps, load, loads
from idealfit.profile.narrative import QUESTIONS
from profile_sample import EMPLOYEES, SAMPLE

GOLDEN = Path(__file__).parent / "golden" / "profile.yaml"
TEXT = GOLDEN.read_text(encoding="utf-8")


def mistakes(text):
    with pytest.raises(ProfileError) as caught:
        loads(text, "p.yaml")
    return [str(mistake) for mistake in caught.value.mistakes]


def line_of(part, text=TEXT):
    return text[: text.index(part)].count("\n") + 1


def edited(old, new, text=TEXT):
    assert old in text
    return text.replace(old, new, 1)


def test_the_file_looks_as_agreed():
    assert dumps(SAMPLE) == TEXT, "if meant: python tests/profile_sample.py > tests/golden/profile.yaml"


def test_the_file_says_what_the_profile_said():
    assert loads(TEXT) == as_written(SAMPLE)
    assert loads(TEXT).criteria[0].test == EMPLOYEES.test


def test_no_line_is_too_long_to_read():
    assert max(map(len, TEXT.splitlines())) <= 112


def test_must_haves_come_first_and_tests_are_not_rounded():
    exact = EMPLOYEES.model_copy(update={"test": Test(at_least=1234567.891)})
    profile = SAMPLE.model_copy(update={"criteria": (*SAMPLE.criteria[1:], exact)})
    first = loads(dumps(profile)).criteria[0]
    assert (first.need, first.test.at_least) == ("must", 1234567.891)
    assert first.evidence.inside.rate == 0.6833


def test_all_mistakes_are_told_at_once_with_their_lines():
    text = TEXT
    for old, new in [
        ("verdict: learned", "verdict: lerned"),
        ("    points: 3", "    points: 9"),
        ("    need: must", "    needs: must"),
        ("    layer: technographic", "    layer: technografic"),
        ("{is: true}", "{is: true, has: x}"),
        ("at_least: 40", "at_least: 75"),
        ("fit_from: 40", "fit_from: 41"),
    ]:
        text = edited(old, new, text)
    told = mistakes(text)
    assert [int(re.match(r"p\.yaml:(\d+)", m)[1]) for m in told] == [
        line_of(part, text)
        for part in ("lerned", "points: 9", "needs", "technografic", "{is: true,", "at_least: 75", "fit_from: 41")
    ]
    assert told[0].endswith(
        "verdict is not one of the words it may be, found 'lerned'. "
        "Allowed: learned, no reliable pattern, written by hand. Did you mean 'learned'?"
    )
    assert told[1].endswith("criteria 1: points is out of range, found '9'. Allowed: -5 to 5.")
    assert told[2].endswith("unknown key in criteria 1, found 'needs'. Did you mean 'need'?")
    assert (
        "Allowed: firmographic, technographic, operational, behavioural, negative. Did you mean 'technographic'?"
        in told[3]
    )
    assert "a test has exactly one condition, this one has 2" in told[4]
    assert "A test holds one of: is, is_not, one_of" in told[4]
    assert told[5].endswith("tiers must descend: B starts at 75, A before it at 70. Put the highest first.")
    assert told[6].endswith("must follow each other without a gap: this one must start at 40, found '41 to 69'.")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("points: 3", "points: 2.5", "criteria 1: points must be a whole number, found '2.5'."),
        ("points: 3", 'points: "3"', "criteria 1: points must be a whole number, found '3'. Remove the quotes."),
        ("points: 3", "points: true", "criteria 1: points must be a whole number, found 'true'."),
        ("points: 3", "points: -3", "a must-have cannot cost points, found '-3'. Allowed: 1 to 5. Write 'need: nice'"),
        ("points: 3", "points:", "criteria 1: points must be a whole number, found 'nothing'."),
        (
            "name: Mid-size firms on a light CRM",
            "name: 2024",
            "name must be text, found '2024'. Put it in double quotes.",
        ),
        ("name: Mid-size firms on a light CRM", 'name: ""', "the name is empty. Give the profile a name."),
        ("between: [50, 200]", "between: [200, 50]", "criteria 1: test: between needs the smaller number first."),
        ("between: [50, 200]", "between: [50]", "criteria 1: test: between"),
        ("between: [50, 200]", "betwen: [50, 200]", "found 'betwen'. Did you mean 'between'?"),
        ("between: [50, 200]", "at_least: many", "criteria 1: test: at_least must be a number, found 'many'."),
        ("{one_of: [Public sector, Gambling]}", "{one_of: []}", "'one_of' lists no value."),
        (
            "{one_of: [Public sector, Gambling]}",
            "{one_of: Gambling}",
            "must be a list, found 'Gambling'. Write [one, two]",
        ),
        ("{one_of: [Public sector, Gambling]}", "{within_days: -1}", "'within_days' cannot be negative, found '-1'."),
        (
            "as_of: 2025-06-30",
            "as_of: June",
            "learned: as_of must be a date, found 'June'. Allowed: a day such as 2024-12-31.",
        ),
        ("n: 60, won: 41", "n: 60, won: 61", "more deals won than there were, found '61 of 60'."),
        ("fit_to: 100", "fit_to: 99", "the last of the fit_bands must end at 100, found '99'."),
        ("  - name: B", "  - name: A", "two tiers are named A. Rename one of them."),
        ("  - name: C", "  - name: disqualified", "a tier cannot have this name, found 'disqualified'."),
        ("at_least: 40", "at_least: 70", "tiers must descend: B starts at 70, A before it at 70."),
        ("at_least: 70", "at_least: 170", "at_least is out of range, found '170'. Allowed: a fit of 0 to 100."),
        ("attribute: CRM", "attribut: CRM", "found 'attribut'. Did you mean 'attribute'?"),
        ("attribute: CRM", "why: x", "criteria 2 lacks 'attribute'. Add 'attribute: ...'."),
        ("attribute: CRM", 'attribute: ""', "the attribute is empty. Name it as the table does."),
        ("idealfit: 2", "idealfit: 7", "written by a newer Idealfit"),
        ("idealfit: 2", "idealfit: one", "must be the version of the file format, found 'one'."),
        ("idealfit: 2\n", "", "the version of the format is missing. Write 'idealfit: 2' on top."),
        ("seed: 7", "seed: 7\n  sead: 8", "unknown key in learned, found 'sead'. Did you mean 'seed'?"),
        ("limits:", "limitz:", "unknown key in the profile, found 'limitz'. Did you mean 'limits'?"),
        ("seed: 7", "seed: 7\n  qqq: 8", "found 'qqq'. Allowed: as_of, mode, window"),
        ("verdict: learned", "verdict: learned\nverdict: learned", "'verdict' stands here twice, first on line 7."),
        ("rate: 0.6833", "rate: .nan", "rate must be a number, found '.nan'."),
        (
            "window_days: [0, 120]",
            "window_days: [120, 0]",
            "the nearer one first, found '120 to 0'. Allowed: such as [0, 90]",
        ),
        ("window_days: [0, 120]", "window_days: [-5, 9]", "window_days needs two days before the deal"),
        ("window_days: [0, 120]", "window_days: [90]", "triggers 1: window_days"),
        ("half_life_days: {value: 60}", "half_life_days: {value: 0}", "a half-life is longer than nothing, found '0'."),
        ("weight: 3", "weight: 9", "triggers 1: weight is out of range, found '9'. Allowed: -5 to 5."),
        ("half_life_source: fitted", "half_life_source: guess", "found 'guess'. Allowed: fitted, default, person."),
        ("  - kind: moved office", '  - kind: ""', "the kind is empty. Name it as the table does."),
        ("{seen: 9, n: 24}", "{seen: 29, n: 24}", "seen in more than there were, found '29 of 24'."),
        ("n: 30, churned: 14", "n: 30, churned: 31", "more customers left than there were, found '31 of 30'."),
        ("- attribute: industry\n        test: {one_of: [Clinic, Hospital]}", "[]", "a segment without a definition"),
        ("{one_of: [Clinic, Hospital]}", "{one_of: []}", "'one_of' lists no value."),
        ("slot: pain", "slot: price", "found 'price'. Allowed: pain, alternative, objection, urgency, trigger."),
        ("narrative:\n", "narrative: none\nold:\n", "narrative must be a group of keys, found 'none'."),
        ("criteria:\n", "criteria: none\nold:\n", "criteria must be a list, found 'none'."),
    ],
)
def test_each_mistake_says_what_is_wrong_and_what_to_do(old, new, told):
    found = mistakes(edited(old, new))
    assert any(told in mistake for mistake in found), found
    assert all(re.match(r"p\.yaml:\d+: ", mistake) for mistake in found)


def test_what_was_refused_by_name_is_not_complained_about_twice():
    assert mistakes(edited("points: 3", "points: *three")) == [
        f"p.yaml:{line_of('points: 3')}: an alias (*three). Write the value out."
    ]


def test_more_than_seven_criteria_and_a_repeated_one_are_mistakes():
    head, rest = TEXT.split("criteria:\n")
    line = "  - {attribute: a%d, layer: firmographic, test: {has: x}, points: 1}\n"
    told = mistakes(head + "criteria:\n" + "".join(line % n for n in range(8)) + rest[rest.index("\n# Who not") :])
    assert told == [
        f"p.yaml:{line_of('criteria:') + 8}: too many criteria, found '8'. Allowed: at most 7. "
        "Keep the ones that tell most, or rule companies out under 'disqualify'."
    ]
    told = mistakes(head + "criteria:\n" + line % 1 + line % 2 + line % 1 + rest[rest.index("\n# Who not") :])
    assert told == [
        f"p.yaml:{line_of('criteria:') + 3}: criteria 3 says the same as criteria 1 (a1). Keep one of them."
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "p.yaml: not a profile, found 'nothing'. A profile starts with 'idealfit: 2' and a name"),
        ("# only a comment\n", "p.yaml: not a profile, found 'nothing'."),
        ("- a\n- b\n", "p.yaml: not a profile, found 'a list'."),
        ("id,name,won\n1,a,yes\n", "p.yaml: not a profile, found 'one piece of text'."),
        ("services:\n  web: {}\n", "p.yaml: not a profile, found 'services'."),
    ],
)
def test_what_is_no_profile_at_all_is_told_so_in_one_line(text, told):
    found = mistakes(text)
    assert len(found) == 1
    assert found[0].startswith(told)


def test_a_repeated_trigger_or_segment_is_a_mistake():
    again = "  - {kind: Moved office, window_days: [30, 180], half_life_days: {value: 9}, weight: 2}\n\n# What to do"
    assert mistakes(edited("# What to do", again)) == [
        f"p.yaml:{line_of('# What to do')}: triggers 3 says the same as triggers 2 (Moved office). Keep one of them."
    ]
    twin = "  - name: clinics\n    definition: [{attribute: a, test: {is: 1}}]\n    file: b.yaml\n\n# What they say"
    assert mistakes(edited("# What they say", twin)) == [
        f"p.yaml:{line_of('# What they say')}: two segments are named clinics. Rename one of them."
    ]


def test_yes_no_and_numbers_in_quotes_stay_text():
    text = edited('[HubSpot, Pipedrive, "no"]', '[yes, no, on, "1", "true", 007, 1_000, 2024-05-01, 1, 1.5, true]')
    values = loads(text).criteria[1].test.one_of
    assert [*map(repr, values)] == [
        *("'yes'", "'no'", "'on'", "'1'", "'true'", "'007'", "'1_000'", "'2024-05-01'", "1", "1.5", "True"),
    ]
    assert [*map(repr, loads(dumps(loads(text))).criteria[1].test.one_of)] == [*map(repr, values)]


def test_a_small_profile_by_hand_is_enough():
    text = TEXT[TEXT.index("narrative:") : TEXT.index("# What to look for")]
    profile = loads(f"idealfit: 2\nname: Ours\nverdict: written by hand\n{text}")
    assert profile.criteria == ()
    assert loads(dumps(profile)) == profile


def test_a_broken_profile_is_never_written(tmp_path):
    nine = EMPLOYEES.model_copy(update={"points": 9})
    with pytest.raises(ProfileError, match="the profile to be written: criteria 1: points is out of range"):
        dump(SAMPLE.model_copy(update={"criteria": (nine,)}), tmp_path / "p.yaml")
    unknown = EMPLOYEES.evidence.inside.model_copy(update={"rate": float("nan")})
    evidence = EMPLOYEES.evidence.model_copy(update={"inside": unknown})
    with pytest.raises(ProfileError, match="rate is not a number, found 'nan'"):
        dumps(SAMPLE.model_copy(update={"criteria": (EMPLOYEES.model_copy(update={"evidence": evidence}),)}))
    assert [*tmp_path.iterdir()] == []


COMMENTS = [
    ("name: Mid", "# agreed with the board\nname: Mid"),
    ("    points: 3\n", "    points: 3  # was 2 in spring\n"),
    ("      periods: 4\n\n  - attribute: CRM", "      periods: 4\n    # ask again in May\n\n  - attribute: CRM"),
    ("  - attribute: CRM", "  # Ops want this one gone\n  # (see the minutes)\n  - attribute: CRM"),
    ("    met_by: 31\n", "    # measured in May\n    met_by: 31\n"),
    ("      verdict: suggestive\n", "      verdict: suggestive  # hm\n"),
    ("    met_by: 20\n", "    met_by: 20\n    # nothing more on hiring\n"),
    ("test: {is: true}", "test: {is: true}  # careful"),
    ("why: None of 38 deals was won.", "why: None of 38 deals was won.  # 39 by now"),
    ("    at_least: 40\n", "    # lowered from 50\n    at_least: 40\n"),
    ("\n  deals: 300", "\n  # without resellers\n  deals: 300"),
    ("      Large enough", "      # no comment but text\n\n      Large enough"),
]


def commented():
    text = TEXT
    for old, new in COMMENTS:
        text = edited(old, new, text)
    return text + "# the end\n"


def test_comments_stay_exactly_where_they_were_put():
    text = commented()
    assert dumps(loads(text), previous=text) == text


def test_comments_move_with_their_line_and_leave_with_it():
    text = commented()
    new = SAMPLE.model_copy(update={"criteria": (SAMPLE.criteria[2], EMPLOYEES), "tiers": SAMPLE.tiers[1:]})
    written = dumps(new, previous=text)
    assert "    test: {is: true}  # careful" in written
    assert "    points: 3  # was 2 in spring" in written
    assert "  # lowered from 50\n" in written
    assert "Ops want this one gone" not in written
    assert written.count("#") < text.count("#")
    assert loads(written).criteria[0].attribute == "employees"


def test_a_comment_on_a_value_that_is_no_longer_written_moves_to_what_is_around_it():
    text = edited("    met_by: 31\n", "    met_by: 50  # a guess\n")
    assert "# a guess" in dumps(loads(text), previous=text)


def test_what_a_person_wrote_survives_learning_again(tmp_path):
    path = tmp_path / "profile.yaml"
    dump(SAMPLE, path)
    text = path.read_text()
    for old, new in [
        ("name: Mid-size firms on a light CRM", "name: The sweet spot  # ours"),
        ("    points: 2\n", "    points: 2\n    how_we_help: We import from both in a day.\n"),
        ("action: Call within a day.", "action: The founder calls within the hour."),
        ("  - Nothing is known about budgets.", "  - Nothing is known about budgets.\n  - Resellers are not in it."),
        (
            f'text: "{QUESTIONS["trigger"]}"\n    source: open question',
            "text: a failed audit\n    source: person",
        ),
    ]:
        text = edited(old, new, text)
    path.write_text(text)
    moved = EMPLOYEES.model_copy(update={"test": Test(between=(75, 150)), "why": "Drafted anew."})
    dump(SAMPLE.model_copy(update={"criteria": (moved, *SAMPLE.criteria[1:])}), path)
    again = load(path)
    assert "name: The sweet spot  # ours" in path.read_text()
    assert again.criteria[1].how_we_help == "We import from both in a day."
    assert again.tiers[0].action == "The founder calls within the hour."
    assert "Resellers are not in it." in again.limits
    assert again.narrative.trigger == Slot(text="a failed audit", source="person")
    assert "They typically come to us after a failed audit." in again.narrative.text
    assert (again.criteria[0].why, again.criteria[0].test) == ("Drafted anew.", Test(between=(75, 150)))


def test_a_file_with_mistakes_is_not_overwritten(tmp_path):
    path = tmp_path / "profile.yaml"
    path.write_text("name: mine\ncriteria: oops\n")
    with pytest.raises(ProfileError) as caught:
        dump(SAMPLE, path)
    assert str(caught.value).startswith(f"{path}: not overwritten, for what a person wrote there could not be kept.")
    assert f"{path}:2: criteria must be a list, found 'oops'" in str(caught.value)
    assert path.read_text() == "name: mine\ncriteria: oops\n"
    path.write_text("id,won\n1,yes\n")
    with pytest.raises(ProfileError, match="not a profile"):
        dump(SAMPLE, path)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "profile.yaml"
    dump(SAMPLE, path)
    before = path.read_text()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match=r"profile.yaml: cannot be written: No space left on device. Choose another"):
        dump(SAMPLE.model_copy(update={"name": "Other"}), path)
    assert path.read_text() == before
    assert [*tmp_path.iterdir()] == [path]


def test_links_and_rights_survive_a_rewrite(tmp_path):
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    dump(SAMPLE, real)
    real.chmod(0o640)
    link.symlink_to(real)
    dump(SAMPLE, link)
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640


def test_files_that_cannot_be_read_are_told_why(tmp_path):
    with pytest.raises(ProfileError, match=r"gone.yaml: no such file. 'idealfit learn' writes one."):
        load(tmp_path / "gone.yaml")
    with pytest.raises(ProfileError, match="cannot be read: Is a directory"):
        load(tmp_path)
    (tmp_path / "latin.yaml").write_bytes(b"idealfit: 2\nname: caf\xe9\n")
    with pytest.raises(ProfileError, match=r"latin.yaml:2: not a text file in UTF-8. Save it as UTF-8"):
        load(tmp_path / "latin.yaml")
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        dump(SAMPLE, tmp_path / "no" / "p.yaml")


def test_what_may_never_end_is_not_read(tmp_path):
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for endless in (pipe, "/dev/zero"):
        with pytest.raises(ProfileError, match="this is not a regular file"):
            load(endless)
        with pytest.raises(ProfileError, match="this is not a regular file"):
            dump(SAMPLE, endless)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + commented().replace("\n", "\r\n").encode())
    assert load(path) == loads(commented())
    dump(load(path), path)
    assert path.read_text() == commented()


def test_a_persons_line_is_kept_with_its_comments():
    mine = Criterion(attribute="region", layer="operational", test=Test(is_="South"), points=2, why="We have a truck.")
    text = dumps(SAMPLE.model_copy(update={"criteria": (*SAMPLE.criteria, mine)}))
    text = edited("  - attribute: region", "  # until 2027\n  - attribute: region", text)
    again = dumps(SAMPLE, previous=text)
    assert "  # until 2027\n  - attribute: region\n" in again
    assert loads(again).criteria[-1] == mine
    assert mine.evidence == Evidence(verdict="no evidence")
