"""What a control chart says, and that the finding beside it says the same."""

from __future__ import annotations

import pandas as pd
import pytest

from cxmethod.language import Words
from cxmethod.steps import monitoring
from cxmethod.views.control_words import chart_title, told
from cxmethod.views.sentences import finding

POINTS = "touchpoint,name,phase,order\ndesk,Desk,p,1"
STEADY = [30, 28, 32, 29, 31, 30, 27, 33]
NAMES = pd.Series({"desk": "Desk"})


@pytest.fixture
def charted(engagement):
    """Monitoring of a steady desk and what came later: how many of a hundred felt badly; None where four answered."""

    def make(*later: int | None, language: str = "en"):
        rows = [
            f"w{wave:02d},desk,100,{bad}" if bad is not None else f"w{wave:02d},desk,4,0"
            for wave, bad in enumerate([*STEADY, *later], start=1)
        ]
        table = "wave,touchpoint,n,negative\n" + "\n".join(rows)
        return monitoring.run(engagement(touchpoints=POINTS, waves=table, language=language))

    return make


def title(result, language: str = "en") -> str:
    own = result.signals[result.signals["statistic"] == "negative_share"]
    return chart_title(own, NAMES, told(own), "negative_share", Words(language))


@pytest.mark.parametrize(
    ("later", "en", "es"),
    [
        ([60], "Desk (worse since w09)", "Desk (peor desde w09)"),
        ([60, None], "Desk (worse since w09)", "Desk (peor desde w09)"),
        ([60, None, 62], "Desk (worse since w09)", "Desk (peor desde w09)"),
        ([5, None, 30], "Desk (better until w09)", "Desk (mejor hasta w09)"),
        ([60, 61, 30], "Desk (worse until w10)", "Desk (peor hasta w10)"),
    ],
)
def test_the_title_says_since_when_or_until_when(charted, later, en, es):
    result = charted(*later)
    assert (en in title(result), es in title(result, "es")) == (True, True)


@pytest.mark.parametrize("later", [[60, None], [37] * 9, [*[37] * 7, None, 37], [5, 4, None, 3]])
def test_chart_and_finding_agree_since_when(charted, later):
    result = charted(*later)
    own = result.signals[result.signals["statistic"] == "negative_share"]
    drawn = told(own)["desk"]
    assert drawn.holds
    assert drawn.since == result.findings[0].values["wave"]
    assert own["wave"].iloc[drawn.at] == drawn.since
    assert own["value"].iloc[drawn.at] == drawn.value


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Nothing but noise at Desk: none of 9 points leaves its limits (baseline of 8 waves)."),
        ("es", "Solo ruido en Desk: ninguna de las 9 mediciones sale de sus límites (línea base de 8 olas)."),
    ],
)
def test_noise_counts_what_is_known(charted, language, sentence):
    (noise,) = [one for one in charted(31, None).findings if one.code == "monitoring.noise"]
    assert finding(noise, Words(language)) == sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Wave w10 is not known at Desk (too few answers, or none): the waves compared there are w08 and w09, "
            "the last two that are known.",
        ),
        (
            "es",
            "La ola w10 no se conoce en Desk (muy pocas respuestas, o ninguna): ahí se comparan las olas w08 y w09, "
            "las dos últimas que sí se conocen.",
        ),
    ],
)
def test_it_is_said_which_waves_are_compared_where_the_last_is_not_known(charted, language, sentence):
    (unknown,) = [one for one in charted(31, None).findings if one.code == "monitoring.last_wave_unknown"]
    assert finding(unknown, Words(language)) == sentence
