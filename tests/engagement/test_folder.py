from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import cxmethod
from cxmethod.engagement import TABLES, InputProblems
from cxmethod.language import CxError

RATINGS = "respondent,touchpoint,source,emotion\n"


def test_a_language_for_this_session(folder):
    place = folder()
    assert cxmethod.open(place).words.language == "en"
    assert cxmethod.open(place, "es").words.language == "es"
    with pytest.raises(CxError, match="'fr'"):
        cxmethod.open(place, "fr")


def test_a_folder_may_be_named_as_text(folder):
    assert cxmethod.open(str(folder())).settings.client == "Acme"


def test_a_table_that_is_not_there_has_no_rows(engage):
    engagement = engage()
    assert engagement.table("kano").empty
    assert list(engagement.table("kano")) == [column.name for column in TABLES["kano"].columns]
    assert not engagement.has("kano")


def test_a_table_is_read_again_when_its_file_changes(engage):
    engagement = engage({"ratings.csv": RATINGS + "A,website,after,1\n"})
    assert len(engagement.table("ratings")) == 1
    (engagement.inputs / "ratings.csv").write_text(RATINGS + "A,website,after,1\nB,website,after,2\n")
    assert len(engagement.table("ratings")) == 2


def test_a_table_is_checked_again_when_what_it_refers_to_changes(engage):
    engagement = engage({"ratings.csv": RATINGS + "A,website,after,1\n"})
    assert engagement.problems() == []
    (engagement.inputs / "touchpoints.csv").write_text(
        "touchpoint,name,phase,order\nbooking,Booking,search,1\n"
    )
    assert [problem.value for problem in engagement.problems()] == ["website"]


def test_a_changed_copy_changes_nothing(engage):
    engagement = engage({"ratings.csv": RATINGS + "A,website,after,1\n"})
    copy = engagement.table("ratings")
    copy.loc[0, "emotion"] = -2
    assert engagement.table("ratings")["emotion"].tolist() == [1]


def test_notices_say_what_was_read_otherwise(engage):
    text = "respondent;touchpoint;source;Señal\nA;website;after;x\n".encode("latin-1")
    engagement = engage(
        {"ratings.csv": text, "rating.csv": RATINGS, "respondents.csv": "respondent,plan\nA,x\n"}
    )
    said = "\n".join(engagement.notices())
    assert "inputs/rating.csv is not a table" in said
    assert "ratings.csv is not UTF-8" in said
    assert "a column that no step uses; it was kept: Señal" in said
    assert "plan" not in said


def test_what_is_written_is_what_is_read(engage):
    engagement = engage()
    frame = pd.DataFrame(
        {"respondent": ["NA", "007"], "touchpoint": "website", "source": "after", "emotion": [1.5, None]}
    )
    path = engagement.write_table("ratings", frame)
    assert path.name == "ratings.csv"
    back = engagement.table("ratings")
    assert back["respondent"].tolist() == ["NA", "007"]
    assert back["emotion"].fillna(9).tolist() == [1.5, 9]


def test_a_table_keeps_its_format(engage):
    engagement = engage()
    frame = pd.DataFrame({"respondent": ["A"], "touchpoint": ["website"], "source": ["after"]})
    frame.to_parquet(engagement.inputs / "ratings.parquet")
    assert engagement.write_table("ratings", frame).name == "ratings.parquet"


def test_what_does_not_hold_is_not_written(engage):
    engagement = engage({"ratings.csv": RATINGS + "A,website,after,1\n"})
    before = (engagement.inputs / "ratings.csv").read_bytes()
    frame = pd.DataFrame(
        {"respondent": ["A"], "touchpoint": ["nowhere"], "source": ["after"], "emotion": [7]}
    )
    with pytest.raises(InputProblems) as caught:
        engagement.write_table("ratings", frame)
    assert [(p.column, p.row, p.value) for p in caught.value.problems] == [
        ("emotion", 2, "7"),
        ("touchpoint", 2, "nowhere"),
    ]
    assert (engagement.inputs / "ratings.csv").read_bytes() == before


def test_a_new_key_may_be_referred_to_in_the_same_table(engage):
    frame = pd.DataFrame({"initiative": ["a", "b"], "name": ["A", "B"], "requires": ["", "a"]})
    assert engage().check_frame("initiatives", frame) == []


def test_nothing_outside_the_folder_is_written(engage, tmp_path):
    engagement = engage()
    engagement.decide("importance.website", 3)
    engagement.write_table("owners", pd.DataFrame({"owner": ["Ana"]}))
    assert [path.name for path in tmp_path.iterdir()] == ["acme"]


def test_the_package_imports_nothing_heavy():
    heavy = (
        "pandas numpy matplotlib scipy statsmodels pandera pydantic papermill nbconvert ipywidgets babel yaml"
    )
    code = f"import sys, cxmethod; print(*sorted(set({heavy.split()}) & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (run.stdout.strip(), run.stderr) == ("", "")
