"""Conversations read from tables and transcripts, to the letter."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.engine import connect
from idealfit.errors import InputError, MappingError
from idealfit.sources.conversations import conversations, digest, kind_of, side_of
from idealfit.sources.text_tables import days


def read(where):
    return conversations(where, connection=connect())[0]


def test_a_table_is_read_with_usual_headings_and_to_the_letter(tmp_path):
    frame = pd.DataFrame(
        {
            "Deal ID": ["D1", "D2"],
            "Speaker Name": ["Ann", "Bert"],
            "Party": ["Customer", "Sales Rep"],
            "Call Date": ["31/05/2024", "2024-06-01T10:00:00Z"],
            "Activity Type": ["Call", "Email"],
            "Transcript": ["  We ran  late. ", "Good morning"],
        }
    )
    one, two = read(frame)
    assert (one.text, one.hash) == ("  We ran  late. ", digest("  We ran  late. "))
    assert (one.deal, one.speaker, one.side, one.kind, str(one.said_on)) == (
        "D1",
        "Ann",
        "theirs",
        "transcript",
        "2024-05-31",
    )
    assert (two.side, two.kind) == ("ours", "interview")
    path = tmp_path / "calls.csv"
    frame.to_csv(path, index=False)
    assert [u.source for u in read(path)] == [f"{path}:2", f"{path}:3"]


CALL = """[00:00:01] Rep: How do you count your stock?
[00:00:09] Ann (Head of Operations): By hand. It is a nightmare
and it takes days.
[00:00:30] Rep: And if nothing changes?
[00:00:35] Ann (Head of Operations): 仕事が増える。"""


def test_a_transcript_in_one_cell_is_taken_apart_by_speaker():
    turns = read(pd.DataFrame({"company": ["Example Foods"], "text": [CALL]}))
    assert [(u.speaker, u.side) for u in turns] == [("Rep", "ours"), ("Ann", ""), ("Rep", "ours"), ("Ann", "")]
    assert turns[1].role == "Head of Operations"
    assert turns[1].text == "By hand. It is a nightmare\nand it takes days."
    assert all(u.text in CALL and u.hash == digest(CALL) for u in turns)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("D7 2024-03-01.txt", "Ann: We ran late.\nRep: I see.\n", [("Ann", "We ran late."), ("Rep", "I see.")]),
        (
            "D7.vtt",
            "WEBVTT\n\n1\n00:00.000 --> 00:02.000\n<v Ann>We ran late.</v>\n\n"
            "2\n00:02.500 --> 00:04.000\nEvery week.\n",
            [("Ann", "We ran late."), ("Ann", "Every week.")],
        ),
        (
            "D7.srt",
            "1\n00:00:00,000 --> 00:00:02,000\nAnn: We ran late.\n\n2\n00:00:02,500 --> 00:00:04,000\nRep: I see.\n",
            [("Ann", "We ran late."), ("Rep", "I see.")],
        ),
        ("D7.md", "**Ann:** We ran late.\n\n**Rep:** I see.\n", [("Ann", "We ran late."), ("Rep", "I see.")]),
    ],
)
def test_a_folder_of_transcripts(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read(tmp_path)
    assert [(u.speaker, u.text) for u in found] == expected
    assert {u.deal for u in found} == {"D7"}
    assert all(u.text in text for u in found)


def test_the_folder_of_a_transcript_names_the_company(tmp_path):
    (tmp_path / "Example Foods").mkdir()
    (tmp_path / "Example Foods" / "call 2024-03-01.txt").write_text("Ann: We ran late.\nAnn: Again.")
    assert {(u.company, str(u.said_on)) for u in read(tmp_path)} == {("Example Foods", "2024-03-01")}


def test_prose_with_colons_is_no_transcript():
    (only,) = read(
        pd.DataFrame({"note": ["The problem is: they count by hand.\nNext step: send the offer to their office."]})
    )
    assert only.speaker == ""


def test_what_is_no_conversation_is_refused(tmp_path):
    with pytest.raises(MappingError, match="told to hold the text"):
        read(pd.DataFrame({"size": [1]}))
    with pytest.raises(InputError, match="nothing was said"):
        read(pd.DataFrame({"text": ["", " n/a "]}))
    with pytest.raises(InputError, match="no transcript is in this folder"):
        read(tmp_path)


def test_days_that_leave_their_order_open_stay_unknown():
    assert days(["01/02/2024", "03/04/2024"]) == ([None, None], 2)


def test_sides_and_kinds_are_whole_words():
    assert side_of("Salesforce") == ""
    assert kind_of("Notes", "transcript") == "note"


def test_megabytes_in_one_cell(tmp_path):
    turn = "Ann: We waste hours on it, every single week of the year.\nRep: I see.\n"
    cell = turn * (4_000_000 // len(turn))
    path = tmp_path / "calls.csv"
    pd.DataFrame({"deal": ["D1"], "text": [cell]}).to_csv(path, index=False)
    found = read(path)
    assert len(found) == 2 * (4_000_000 // len(turn))
    assert {u.hash for u in found} == {digest(cell)}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=6))
def test_every_utterance_stands_in_its_source(lines):
    cell = "\n".join(lines)
    if not cell.strip():
        return
    try:
        found = read(pd.DataFrame({"text": [cell]}))
    except (InputError, MappingError):
        return
    assert all(u.text in cell for u in found)
