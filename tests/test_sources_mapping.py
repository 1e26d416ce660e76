import pytest

from idealfit.errors import InputError, MappingError
from idealfit.sources.mapping import Mapping, load_mapping

TOML = """
ignore = ["Rep"]
won = ["Signed"]
decimal = ","
dates = "DD.MM.YYYY"
currency = "EUR"

[columns]
outcome = "Result"
account_id = ["Company", "Account"]

[kinds]
Tools = "list"

[layers]
Tools = "technographic"
"""


def test_a_whole_file_is_loaded(tmp_path):
    (tmp_path / "map.toml").write_text(TOML)
    assert load_mapping(tmp_path / "map.toml") == Mapping(
        ignore=("Rep",),
        won=("Signed",),
        decimal=",",
        dates="DD.MM.YYYY",
        currency="EUR",
        columns={"outcome": "Result", "account_id": ("Company", "Account")},
        kinds={"Tools": "list"},
        layers={"Tools": "technographic"},
    )


def test_every_mistake_is_listed_with_its_line_and_the_nearest_name(tmp_path):
    file = tmp_path / "map.toml"
    file.write_text(
        'ignor = ["a"]\ndecimal = "x"\nwon = "Signed"\ndates = "YYYY"\n[columns]\noutcom = "R"\n[kinds]\nA = "lists"\n'
    )
    with pytest.raises(MappingError) as refused:
        load_mapping(file)
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"{file}:{n}" for n in (1, 2, 3, 4, 6, 8)]
    assert "unknown key, found 'ignor'" in lines[0]
    assert "Did you mean 'ignore'?" in lines[0]
    assert "Did you mean 'outcome'?" in lines[4]
    assert "Did you mean 'list'?" in lines[5]


@pytest.mark.parametrize("content", [b"a = = 1", b"\xff\xfe\x00"])
def test_what_is_no_toml_is_refused(tmp_path, content):
    (tmp_path / "map.toml").write_bytes(content)
    with pytest.raises(InputError, match=r"map\.toml: this is not TOML"):
        load_mapping(tmp_path / "map.toml")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_mapping(tmp_path / "map.toml")


def test_flags_go_before_the_file_and_the_id_is_the_rows_own():
    mapping = Mapping(id="Key", outcome="A", columns={"outcome": "B", "amount": "C", "arr": "D"})
    assert mapping.heading_of("deals") == {"outcome": ("A",), "amount": ("C",), "deal_id": ("Key",)}
    assert mapping.heading_of("companies") == {"account_id": ("Key",)}


def test_a_mapping_made_in_python_is_judged_too():
    with pytest.raises(MappingError, match=r"unknown role, found 'outcom'.*Did you mean 'outcome'"):
        Mapping(columns={"outcom": "A"})
    with pytest.raises(MappingError, match="unknown order of day and month, found 'tomorrow'"):
        Mapping(dates="tomorrow")
