"""Inside a touchpoint: which variables go together with what customers feel there."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxmethod.steps import moments, persona, touchpoints

from .reading import by, finding, found


def ran(client):
    personas = persona.run(client)
    return moments.run(client, personas, touchpoints.run(client, personas))


def scored(engagement, n=60, noise=0.5):
    """What customers feel at the desk follows how long they waited, not how it looks."""
    rng = np.random.default_rng(3)
    waited, look = rng.integers(1, 6, n), rng.integers(1, 6, n)
    desk = np.clip(np.rint(waited - 3 + rng.normal(scale=noise, size=n)), -2, 2)
    people = [f"c{number}" for number in range(1, n + 1)]
    scores = pd.concat(
        pd.DataFrame({"respondent": people, "touchpoint": "desk", "variable": name, "score": values})
        for name, values in (("Waiting", waited), ("Look", look))
    )
    return engagement(
        after={"desk": desk, "web": desk * 0}, variables=scores, settings={"thresholds": {"resamples": 100}}
    )


def test_its_emotion_is_divided_among_its_variables(engagement):
    table = ran(scored(engagement)).variables
    assert set(table["touchpoint"]) == {"desk"}
    assert by(table, "variable", "rank") == {"Waiting": 1, "Look": 2}
    waiting = table.set_index("variable").loc["Waiting"]
    assert waiting["low"] < waiting["r2_share"] < waiting["high"]


def test_the_heaviest_variable_is_told(engagement):
    values = finding(ran(scored(engagement)), "variables.first").values
    assert (values["touchpoint"], values["variable"], values["complete"]) == ("Desk", "Waiting", 60)


def test_too_few_answers_are_told_with_how_many_more(engagement):
    result = ran(scored(engagement, n=20))
    assert finding(result, "variables.too_few").values["missing"] == 10
    assert result.variables["r2_share"].isna().all()


def test_variables_that_explain_nothing_are_told(engagement):
    result = ran(scored(engagement, noise=60))
    assert ("variables.explains_nothing", "desk") in found(result)


def test_without_variables_there_is_no_row_and_no_complaint(engagement):
    result = ran(engagement(after={"desk": [-1, 0, 1, 1, 1]}))
    assert result.variables.empty
    assert not [code for code, _ in found(result) if "variables" in code]
