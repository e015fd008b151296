import json

import numpy as np
import pandas as pd
import pytest

from cxmethod.stats.intervals import wilson
from cxmethod.stats.kano import CATEGORIES, kano, kano_category

# stp4/stp25kano (R), README: counts M, O, A, I, R, Q and what is computed from them.
EXAMPLES = {
    "Service app": ({"M": 95, "O": 123, "A": 45, "I": 33}, "O", 0.5675675676, -0.7364864865, True),
    "Excellent service": (
        {"M": 101, "O": 54, "A": 54, "I": 81, "R": 3, "Q": 3},
        "M",
        0.3724137931,
        -0.5344827586,
        True,
    ),
}


def asked(counts: dict[str, int], **columns) -> pd.DataFrame:
    letters = [letter for letter, count in counts.items() for _ in range(count)]
    return pd.DataFrame({"attribute": "x", "letter": pd.array(letters, "string")}).assign(**columns)


def one(counts: dict[str, int], **columns) -> pd.Series:
    return kano(asked(counts, **columns), ["attribute"], "letter", *(["weight"] if columns else [])).iloc[0]


def test_the_evaluation_table_is_that_of_the_oracle(shared):
    oracle = json.loads(shared("oracles/kano.json").read_text())[
        "evaluation_table_rows_functional_cols_dysfunctional"
    ]
    for functional, answer in enumerate(oracle["order"], 1):
        found = kano_category(pd.Series([functional] * 5), pd.Series([1, 2, 3, 4, 5]))
        assert found.tolist() == oracle["table"][answer]


@pytest.mark.parametrize(
    ("functional", "dysfunctional", "letter"),
    [(1, 5, "O"), (1, 3, "A"), (3, 5, "M"), (3, 3, "I"), (5, 1, "R"), (1, 1, "Q")],
)
def test_a_pair_of_answers_has_its_letter(functional, dysfunctional, letter):
    assert kano_category(pd.Series([functional]), pd.Series([dysfunctional])).tolist() == [letter]


def test_a_missing_answer_has_no_letter():
    assert kano_category(pd.Series([1.0, np.nan]), pd.Series([np.nan, 5.0])).isna().all()


def test_other_answers_are_refused():
    with pytest.raises(ValueError, match="1, 2, 3, 4 or 5"):
        kano_category(pd.Series([6]), pd.Series([1]))


@pytest.mark.parametrize("name", EXAMPLES)
def test_category_and_coefficients_of_the_published_examples(name):
    counts, category, better, worse, clear = EXAMPLES[name]
    found = one(counts)
    assert (found["category"], found["clear"], found["n"]) == (category, clear, sum(counts.values()))
    assert (found["better"], found["worse"]) == pytest.approx((better, worse))
    assert {letter: found[letter] for letter in CATEGORIES} == {
        letter: counts.get(letter, 0) for letter in CATEGORIES
    }


def test_the_coefficients_have_wilsons_interval():
    found = one({"A": 10, "M": 30})
    assert (found["better_low"], found["better_high"]) == pytest.approx(wilson(10, 40))
    assert (found["worse_low"], found["worse_high"]) == pytest.approx(
        (-wilson(30, 40)[1], -wilson(30, 40)[0])
    )


def test_fong_tells_the_first_from_the_second():
    # a = 40, b = 22 of 100: 1.65 √(62 · 138 / 200) = 10.79, and 18 is more; 30 and 22 differ by 8 against 9.75.
    assert one({"M": 40, "O": 22, "A": 20, "I": 18})["clear"]
    assert not one({"M": 30, "O": 22, "A": 24, "I": 24})["clear"]


def test_of_categories_named_equally_often_the_more_binding_stands():
    assert one({"I": 5, "A": 5, "O": 5, "M": 5})["category"] == "M"
    assert one({"I": 5, "A": 5})["category"] == "A"


def test_answers_that_are_all_questionable_have_no_coefficient():
    found = one({"Q": 4, "R": 1})
    assert found["category"] == "Q"
    assert found[["better", "worse", "better_low"]].isna().all()


def test_weights_decide_the_category_and_leave_the_counts():
    weight = [1.0] * 6 + [4.0] * 3
    found = one({"M": 6, "A": 3}, weight=weight)
    assert (found["category"], found["M"], found["A"], found["n"]) == ("A", 6, 3, 9)
    assert found["better"] == pytest.approx(12 / 18)


def test_each_group_stands_for_itself():
    frame = pd.concat([asked({"M": 3}), asked({"A": 2}).assign(attribute="y")])
    assert kano(frame, ["attribute"], "letter").set_index("attribute")["category"].to_dict() == {
        "x": "M",
        "y": "A",
    }
