"""The re-ranker: reads text and company together, moves the first fifty alone, and says how to come by it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import InputError
from idealfit.match.ranking import Ranked
from idealfit.match.reranking import open_reranker, read_again
from idealfit.pipeline.matching import match
from tiny_models import as_reranker


class Reads:
    """Stands for a model that knows which company is meant."""

    name = "reads"

    def scores(self, text, companies):
        return np.array([10.0 if "parcel" in own else 0.0 for own in companies])


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("IDEALFIT_MODELS", str(tmp_path))
    return tmp_path


def test_what_reads_well_moves_up_and_the_rest_of_the_list_stays():
    order = Ranked(np.array([4, 2, 9, 7]), np.array([60.0, 59.0, 58.9, 40.0]), 4)
    found = read_again(order, "who ships?", ["a bank", "a farm", "a parcel"], Reads())
    assert found.rows.tolist() == [4, 9, 2, 7]
    assert found.match.tolist() == order.match.tolist()


def test_one_company_needs_no_reading():
    order = Ranked(np.array([4]), np.array([60.0]), 1)
    assert read_again(order, "who ships?", ["a bank"], Reads()) is order


def test_a_pair_scores_the_same_in_any_company(home):
    as_reranker(home)
    reranker = open_reranker()
    alone = reranker.scores("ship a parcel", ["a doctor and a patient"])
    among = reranker.scores("ship a parcel", ["loan for a farm", "a doctor and a patient", "parcel " * 200])
    assert among[1] == alone[0]
    assert len(set(among.tolist())) == 3


def test_without_one_it_is_said_how_to_come_by_it(home):
    table = pd.DataFrame(
        {"id": ["a", "b"], "text": ["We ship parcels to every shop in town", "Doctors see patients by call"]}
    )
    with pytest.raises(InputError, match="idealfit models add ms-marco-minilm-l12"):
        match(table, query="who ships parcels?", id="id", text=["text"], rerank=True, keep_vectors=False)


def test_the_list_says_who_read_it(home):
    as_reranker(home)
    words = ["We ship parcels to every shop in town", "Doctors see patients by call", "Loans for farms and trucks"]
    table = pd.DataFrame({"id": ["a", "b", "c"], "text": words})
    found = match(table, query="who ships parcels?", id="id", text=["text"], rerank=True, keep_vectors=False)[0]
    assert "tiny-reader" in found.models
    assert {m.id for m in found.matches} == {"a", "b", "c"}
