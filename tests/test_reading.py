import pytest

import idealfit.profile.reading as reading_module
from idealfit.errors import ProfileError
from idealfit.profile.reading import LONGEST_LINE, MOST_BYTES, MOST_LINES, plain_value, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\n\tb: 2\n\tc: 3", "p.yaml:2: a tab stands where spaces belong. Indent with spaces.\np.yaml:3: a tab"),
        ("a: b: c", "p.yaml:1:5: not readable as YAML: a second colon on one line. Put text that holds a colon in"),
        ("a: [1, 2\nb: 3", "p.yaml:2:2: not readable as YAML: a list or group in brackets that is not closed."),
        ("x: 1\na: 'b\nc: 2", "p.yaml:3:5: not readable as YAML: a quote that is never closed."),
        ("a:\n  b: 1\n c: 2", "p.yaml:3:2: not readable as YAML: a line that is indented differently"),
        ("a: @x", "p.yaml:1:4: not readable as YAML: a character that cannot start a value. Put the text in double"),
        ("a: 1\nb\nc: 2", "p.yaml:3:1: not readable as YAML: a key without its colon. Write 'key: value'."),
        ('a: "\\q"', "p.yaml:1:6: not readable as YAML: a backslash that means nothing."),
        ("a: \x00", "p.yaml: a control character, which no text file should hold."),
        ("[" * 50, "p.yaml:1: nested too deeply for a profile. Allowed: up to 16 levels."),
        ("{" * 50, "p.yaml:1: nested too deeply for a profile. Allowed: up to 16 levels."),
        ("[[a]: b, " * 50, "p.yaml:1: nested too deeply for a profile. Allowed: up to 16 levels."),
        ("x" * (MOST_BYTES + 1), "p.yaml: too large for a profile, found '1.0 MB'. Allowed: up to 1 MB, 20,000 lines"),
        ("x" * (LONGEST_LINE + 1), "p.yaml: too large for a profile, found '0.1 MB'."),
        ("\n" * (MOST_LINES + 1), "p.yaml: too large for a profile, found '0.0 MB'."),
    ],
)
def test_what_is_not_readable_is_told_in_plain_words_with_its_place(text, told):
    with pytest.raises(ProfileError) as caught:
        read(text, "p.yaml")
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: 1\nb: !!python/object/apply:os.system [ls]", "p.yaml:2: a tag (tag:yaml.org,2002:python/object/apply:os."),
        ("a: !x 1", "p.yaml:1: a tag (!x). Remove it: a profile is plain text and numbers."),
        ("a: &x 1", "p.yaml:1: an anchor (&x). Remove it."),
        ("a: *x", "p.yaml:1: an alias (*x). Write the value out."),
        ("a: 1\nb: 2\na: 3", "p.yaml:3: 'a' stands here twice, first on line 1. Keep one of them."),
        ("? [a]\n: 1", "p.yaml:1: a key that is not one word. Write 'key: value'."),
        ("a: 1e999", "p.yaml:1: a number out of all bounds (1e999). Write a smaller one."),
        ("a: 1\n---\nb: 2", "p.yaml:2: a second document after '---'. Keep one profile in a file."),
        ('a: "\\ud800"', "p.yaml:1: half a character (a lone surrogate). Remove it."),
    ],
)
def test_what_has_no_place_in_a_profile_is_refused_by_name(text, told):
    (mistake,) = read(text, "p.yaml").mistakes
    assert str(mistake).startswith(told)


def test_too_many_values_are_refused_wherever_they_stand(monkeypatch):
    monkeypatch.setattr(reading_module, "MOST_EVENTS", 50)
    with pytest.raises(ProfileError, match=r"p.yaml: too many values for a profile. Allowed: up to 50."):
        read("a: [" + "1," * 60 + "]", "p.yaml")


def test_a_file_cannot_write_to_the_terminal_as_it_likes():
    (mistake,) = read('"a\\e[31m\\n": 1\n"a\\e[31m\\n": 2', "p.yaml").mistakes
    assert str(mistake) == "p.yaml:2: 'a [31m ' stands here twice, first on line 1. Keep one of them."


def test_lines_are_counted_as_in_an_editor():
    assert read("a: 'x\u2028\x85y'\r\nb: 2\nc: 3", "p.yaml").lines == {("a",): 1, ("b",): 2, ("c",): 3}


def test_a_billion_laughs_stay_small():
    laughs = ["a0: &a0 [ha, ha, ha]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    reading = read("\n".join(laughs), "p.yaml")
    assert reading.value["a9"] == [None] * 9
    assert len(reading.mistakes) == 10 + 9 * 9


@pytest.mark.parametrize(
    ("written", "value"),
    [
        *(("", None), ("~", None), ("null", None), ("true", True), ("FALSE", False), ("yes", "yes"), ("NO", "NO")),
        *(("0", 0), ("-12", -12), ("+5", 5), ("1.50", 1.5), (".5", 0.5), ("1e3", 1000.0), ("2.5e-3", 0.0025)),
        *(
            ("007", "007"),
            ("1_000", "1_000"),
            ("0x1F", "0x1F"),
            ("12:30", "12:30"),
            ("1.2.3", "1.2.3"),
            (".nan", ".nan"),
        ),
        ("12345678901234567890123", "12345678901234567890123"),
    ],
)
def test_only_what_is_plainly_a_number_is_one(written, value):
    assert plain_value(written) == value
    assert type(plain_value(written)) is type(value)


def test_every_key_and_entry_knows_its_line():
    reading = read("a:\n  - b: 1\n    c: [x,\n        y]\n  - 2\n", "p.yaml")
    assert reading.lines == {
        ("a",): 1,
        ("a", 0): 2,
        ("a", 0, "b"): 2,
        ("a", 0, "c"): 3,
        ("a", 0, "c", 0): 3,
        ("a", 0, "c", 1): 4,
        ("a", 1): 5,
    }
    assert reading.line(("a", 0, "d", "e")) == 2
    assert reading.line(("z",)) is None
