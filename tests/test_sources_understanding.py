import pandas as pd
import pytest

from idealfit.engine import connect
from idealfit.sources.inspection import inspection
from idealfit.sources.layers import layer_of
from idealfit.sources.mapping import Mapping
from idealfit.sources.reading import read

ENGINE = connect()


def market(mapping=None, **columns):
    source = read(pd.DataFrame(columns), connection=ENGINE, table="market", mapping=mapping)
    return source, {c.name: c for c in source.columns}


@pytest.mark.parametrize(
    ("values", "items"),
    [
        (["Salesforce; HubSpot", "HubSpot", "Slack; Salesforce"], ["Salesforce", "HubSpot"]),
        (["Jira|Slack", "Slack", "Jira"], ["Jira", "Slack"]),
        (["Jira, Slack", "Slack, Asana", "Asana, Jira", "Jira"], ["Jira", "Slack"]),
        (['["a b", "c"]', '["c"]', "[]"], ["a b", "c"]),
        (["['a', 'b']", "['b']"], ["a", "b"]),
        (["Slack; N/A; ", "Slack; Jira", "Jira"], ["Slack"]),
    ],
)
def test_lists_in_cells_become_lists(values, items):
    source, columns = market(Tools=values)
    assert columns["Tools"].kind == "list"
    assert source.table["Tools"].to_pyarrow().to_pylist()[0] == items


def test_city_and_state_are_one_place_and_not_a_list():
    places = [
        "Austin, Texas",
        "Dallas, Texas",
        "Houston, Texas",
        "Miami, Florida",
        "Tampa, Florida",
        "Orlando, Florida",
    ] * 3
    assert market(Seat=places)[1]["Seat"].kind == "category"


def test_sentences_are_texts_and_not_lists():
    texts = [f"We build tool number {n}, and we sell it to shops, farms and others in Europe." for n in range(30)]
    assert market(About=texts)[1]["About"].kind == "text"


@pytest.mark.parametrize("pair", [("Yes", "No"), ("true", "FALSE"), ("y", "n"), ("ja", "nein")])
def test_answers_become_booleans_and_unknown_stays_unknown(pair):
    source, columns = market(Partnership=[*pair, "Unknown", *pair])
    assert columns["Partnership"].kind == "boolean"
    assert source.table["Partnership"].to_pyarrow().to_pylist() == [True, False, None, True, False]


def test_one_and_nothing_are_answers_only_where_the_heading_asks():
    columns = market(**{"Has SSO": ["1", "0", "1"], "Offices": ["1", "0", "1"]})[1]
    assert (columns["Has SSO"].kind, columns["Offices"].kind) == ("boolean", "number")


def test_what_names_a_row_or_a_person_is_kept_but_not_learned_from():
    n = 40
    columns = market(
        **{
            "Company": [f"Firm {i}" for i in range(n)],
            "Internal code": [f"X{i:06d}" for i in range(n)],
            "Contact e-mail": [f"p{i % 9}@mail.example" for i in range(n)],
            "Phone": [f"+1 555 01{i % 30:02d}00" for i in range(n)],
            "ProductKey": [i % 4 for i in range(n)],
            "Country": ["France"] * n,
            "Nothing": [None] * n,
            "Industry": ["Retail", "Farming"] * (n // 2),
        }
    )[1]
    assert {name: c.used for name, c in columns.items()} == {
        "Company": True,
        "Internal code": False,
        "Contact e-mail": False,
        "Phone": False,
        "ProductKey": False,
        "Country": True,
        "Nothing": False,
        "Industry": True,
    }
    assert columns["Company"].role == "account_id"
    assert columns["Country"].reason == ""  # the same here, but not in what it is held against
    assert columns["Contact e-mail"].reason == "e-mail addresses name a person"
    assert columns["Nothing"].kind == "empty"
    assert all(c.reason for c in columns.values() if not c.used)


def test_unknown_in_a_category_is_unknown_and_no_is_not():
    source, columns = market(Budget=["Yes", "No", "Partly", "unknown", " None ", "(blank)"])
    assert source.table["Budget"].to_pyarrow().to_pylist() == ["Yes", "No", "Partly", None, None, None]
    assert (columns["Budget"].missing, columns["Budget"].distinct) == (0.5, 3)


def test_na_among_regions_is_north_america():
    source, _ = market(Region=["NA", "EMEA", "APAC", "EMEA"], Sector=["NA", "Retail", "IT", "IT"])
    assert source.table["Region"].to_pyarrow().to_pylist()[0] == "NA"
    assert source.table["Sector"].to_pyarrow().to_pylist()[0] is None


@pytest.mark.parametrize(
    ("heading", "kind", "layer"),
    [
        ("Industry", "category", "firmographic"),
        ("Employees", "number", "firmographic"),
        ("HQ Location", "category", "firmographic"),
        ("Team Size", "number", "firmographic"),
        ("Founded on", "date", "firmographic"),
        ("CRM", "category", "technographic"),
        ("Technologies", "list", "technographic"),
        ("Number of Locations", "number", "operational"),
        ("Compliance", "category", "operational"),
        ("SDRs", "number", "operational"),
        ("Last funding date", "date", "behavioural"),
        ("isHiring", "boolean", "behavioural"),
        ("Lead Source", "category", "behavioural"),
    ],
)
def test_layers(heading, kind, layer):
    assert layer_of(heading, kind) == layer


def test_the_person_has_the_last_word_on_kind_and_layer():
    columns = market(mapping=Mapping(kinds={"Code": "category"}, layers={"Code": "negative"}), Code=[1, 2, 1])[1]
    assert (columns["Code"].kind, columns["Code"].layer) == ("category", "negative")


@pytest.mark.parametrize("as_text", [True, False])
def test_whole_numbers_that_name_a_class_are_no_quantity(as_text):
    codes = [7372, 7371, 5812, 7372] * 10
    _, columns = market(**{"SIC code": list(map(str, codes)) if as_text else codes, "Number of stores": codes})
    assert (columns["SIC code"].kind, columns["Number of stores"].kind) == ("category", "number")


def test_traits_that_laws_protect_are_pointed_out():
    source, columns = market(gender=["f", "m", "f"], Company_age=[1, 2, 3])
    assert columns["gender"].used
    assert source.warnings == (
        "column 'gender' may stand for a trait that laws protect; leave it out with --ignore if it does",
    )


def test_a_misspelt_ignore_is_said():
    source, _ = market(mapping=Mapping(ignore=("Sise",)), Size=[1, 2])
    assert source.warnings == ("there is no column 'Sise' to leave out. Did you mean 'Size'?",)


def test_inspection_shows_each_column_on_one_line():
    source, _ = market(**{"Si\nze": [1, 2], "=HYPERLINK(1)": ["a\tb", "c"]})
    shown = inspection(source)
    assert [row["heading"] for row in shown] == ["Si ze", "=HYPERLINK(1)"]
    assert shown[0]["understood as"] == "attribute"
    assert shown[1]["examples"] == ["a b", "c"]
    assert shown[0].keys() == {
        "heading",
        "understood as",
        "kind",
        "layer",
        "written",
        "missing",
        "distinct",
        "examples",
        "used",
        "why",
    }


HUBSPOT = {
    "Record ID": "deal_id",
    "Deal Name": None,
    "Deal Stage": "outcome",
    "Close Date": "closed_on",
    "Create Date": "opened_on",
    "Amount": "amount",
    "Associated Company": "account_id",
    "Deal owner": "owner",
    "Number of Employees": None,
    "Industry": None,
    "Country/Region": None,
    "Last Activity Date": "last_activity_on",
    "Number of times contacted": "activities",
    "Closed Lost Reason": "lost_reason",
    "Is Closed Won": None,
}


def test_a_hubspot_export_is_recognised():
    n = 40
    frame = pd.DataFrame(
        {
            "Record ID": [7_000_000 + i for i in range(n)],
            "Deal Name": [f"Firm {i % 30} - new business" for i in range(n)],
            "Deal Stage": ["Closed Won", "Closed Lost", "Demo booked", "Contract Sent"] * (n // 4),
            "Close Date": [f"2024-03-{i % 28 + 1:02d} 10:00" for i in range(n)],
            "Create Date": [f"2024-01-{i % 28 + 1:02d} 10:00" for i in range(n)],
            "Amount": [f"{i * 100}.50" for i in range(n)],
            "Associated Company": [f"Firm {i % 30}" for i in range(n)],
            "Deal owner": ["Rep One", "Rep Two"] * (n // 2),
            "Number of Employees": [i * 3 for i in range(n)],
            "Industry": ["RETAIL", "FARMING"] * (n // 2),
            "Country/Region": ["France", "Spain", "Italy", "Malta"] * (n // 4),
            "Last Activity Date": [f"2024-02-{i % 28 + 1:02d}" for i in range(n)],
            "Number of times contacted": [i % 7 for i in range(n)],
            "Closed Lost Reason": ["", "Price", "", ""] * (n // 4),
            "Is Closed Won": ["true", "false", "false", "false"] * (n // 4),
        }
    )
    source = read(frame, connection=ENGINE)
    assert {c.name: c.role for c in source.columns} == HUBSPOT
    unused = {c.name: c.reason for c in source.columns if not c.used}
    assert unused == {"Deal Name": "the name of one deal", "Is Closed Won": "says how the deal ended"}


@pytest.mark.parametrize(
    "heading",
    [
        "owner_rep_id",
        "Opportunity Owner: Alias",
        "BDR",
        "Assigned To",
        "AccountManagerName",
        "handled_by_nr",
        "Rep code",
    ],
)
def test_who_sold_is_never_an_attribute_in_any_spelling(heading):
    n = 40
    frame = pd.DataFrame(
        {
            "Outcome": ["Won", "Lost"] * (n // 2),
            "Deal owner": ["Rep One", "Rep Two"] * (n // 2),
            heading: ["r1", "r2", "r3", "r1"] * (n // 4),
            "Home owner": ["mostly", "rarely", "half", "mostly"] * (n // 4),
        }
    )
    both = {c.name: c for c in read(frame, connection=ENGINE).columns}
    assert both["Deal owner"].role == "owner"
    assert both[heading].reason == "says who sold, not who bought"
    assert both["Home owner"].used
    alone = {c.name: c for c in read(frame.drop(columns="Deal owner"), connection=ENGINE).columns}
    assert alone[heading].role == "owner"


def test_a_salesforce_export_is_recognised():
    n = 40
    frame = pd.DataFrame(
        {
            "Id": [f"006Dn00000A{i:04d}IAB" for i in range(n)],
            "Name": [f"Opportunity {i}" for i in range(n)],
            "AccountId": [f"001Dn00000B{i % 30:04d}IAC" for i in range(n)],
            "Account.Name": [f"Firm {i % 30}" for i in range(n)],
            "StageName": ["Closed Won", "Closed Lost", "Qualification", "Closed Lost"] * (n // 4),
            "IsWon": [True, False, False, False] * (n // 4),
            "IsClosed": [True, True, False, True] * (n // 4),
            "CreatedDate": [f"2024-01-{i % 28 + 1:02d}T10:00:00.000Z" for i in range(n)],
            "CloseDate": [f"2024-03-{i % 28 + 1:02d}" for i in range(n)],
            "Amount": [i * 100.5 for i in range(n)],
            "OwnerId": [f"005Dn00000C{i % 3:04d}IAD" for i in range(n)],
            "Account.NumberOfEmployees": [i * 3 for i in range(n)],
            "Account.BillingCountry": ["France", "Spain", "Italy", "Malta"] * (n // 4),
            "Loss_Reason__c": [None, "Price", None, "Timing"] * (n // 4),
            "Probability": [100, 0, 20, 0] * (n // 4),
        }
    )
    roles = {c.name: c.role for c in read(frame, connection=ENGINE).columns if c.role}
    assert roles == {
        "Id": "deal_id",
        "AccountId": "account_id",
        "Account.Name": "name",
        "StageName": "stage",
        "IsWon": "outcome",
        "CreatedDate": "opened_on",
        "CloseDate": "closed_on",
        "Amount": "amount",
        "OwnerId": "owner",
        "Loss_Reason__c": "lost_reason",
    }
