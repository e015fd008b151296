"""Results → figures, tables and sentences."""

from cxmethod.views.agreed import brief, theme
from cxmethod.views.alignment_map import alignment_map
from cxmethod.views.control_charts import control_charts
from cxmethod.views.cover import cover
from cxmethod.views.driver_quadrant import driver_quadrant
from cxmethod.views.emotional_plane import emotional_plane
from cxmethod.views.evidence import inputs, thresholds
from cxmethod.views.route_comparison import route_comparison
from cxmethod.views.sentences import findings
from cxmethod.views.summary import summary
from cxmethod.views.tables import table

__all__ = [
    "alignment_map",
    "brief",
    "control_charts",
    "cover",
    "driver_quadrant",
    "emotional_plane",
    "findings",
    "inputs",
    "route_comparison",
    "summary",
    "table",
    "theme",
    "thresholds",
]
