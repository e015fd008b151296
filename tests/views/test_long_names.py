"""Twenty touchpoints with names of ninety letters: every figure writes them whole, and nothing leaves its edges."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from cxmethod.steps import obtain_all
from cxmethod.views import style
from cxmethod.views.phase_labels import phase_labels
from cxmethod.views.text_fit import name_column

from .clients import CLIENTS
from .conftest import FIGURES, MORE_FIGURES, catching
from .test_figures import texts, unwrapped

NAMES = [
    f"{n} Autorización previa de la aseguradora para el procedimiento y los medicamentos del paciente"
    for n in range(20)
]
WRITTEN = {
    "emotional_plane": 20, "plane by persona": 0, "route_comparison": 1, "journey_graph": 15, "control_charts": 20,
    "strategy_map": 20, "theme_fit_map": 20, "alignment_slopes": 5, "driver_quadrant": 10, "penalty_reward_chart": 1,
}  # fmt: skip
"""How many of the names each figure shows at least."""

pytestmark = pytest.mark.filterwarnings("ignore:The set_bad function:PendingDeprecationWarning")


@pytest.fixture(scope="module")
def long(engagement) -> tuple[Any, Any]:
    told = dict(CLIENTS["crowded"])
    client = engagement(language="es", **told | {"touchpoints": told["touchpoints"].assign(name=NAMES)})
    return client, obtain_all(client, save=False)


@pytest.mark.parametrize("figure", [name for name, least in WRITTEN.items() if least])
def test_names_are_written_whole_and_nothing_leaves_the_edges(long, figure):
    with catching() as caught:
        (FIGURES | MORE_FIGURES)[figure](*long)
    one = caught[0].figure
    written = " | ".join(unwrapped(text.get_text()).replace("- ", "") for text in texts(one))
    assert sum(f"{name}" in written for name in NAMES) >= WRITTEN[figure]
    assert "…" not in written
    width, height = one.get_size_inches()
    box = one.get_tightbbox(FigureCanvasAgg(one).get_renderer())
    beyond = [-box.x0, -box.y0, box.x1 - width, box.y1 - height]
    assert max(beyond) < 0.02, f"left, below, right, above by inches: {np.round(beyond, 2)}"


def test_short_names_keep_their_column_their_size_and_their_rows():
    with style.house_style():
        column = name_column(["Desk", "Web"], width=2, widest=3, row=0.29, size=8.4)
    assert (column.texts, column.width, column.size, column.row) == (["Desk", "Web"], 2, 8.4, 0.29)


def test_long_names_take_a_wider_column_and_then_a_taller_row():
    with style.house_style():
        wide = name_column(["word " * 12], width=2, widest=4, row=0.2, size=8.4)
        tall = name_column(["word " * 30], width=2, widest=3, row=0.2, size=8.4)
    assert wide.width > 2
    assert wide.row == 0.2
    assert tall.row > 0.2
    assert tall.texts[0].split() == ["word"] * 30


def test_a_narrow_phase_takes_room_from_a_wide_neighbour():
    with style.house_style():
        labels = phase_labels(["Recomendar", "El día de la cita"], [(0, 0.4), (0.4, 4)])
    assert labels.texts[0] == "Recomendar"
    assert labels.middles[1] > 2.2
