"""Results → figures, tables and sentences."""

from cxmethod.views.agreed import brief, theme
from cxmethod.views.alignment_map import alignment_map
from cxmethod.views.blueprint import blueprint
from cxmethod.views.control_charts import control_charts
from cxmethod.views.cover import cover
from cxmethod.views.driver_quadrant import driver_quadrant
from cxmethod.views.effort_impact import effort_impact
from cxmethod.views.emotional_plane import emotional_plane
from cxmethod.views.evidence import inputs, thresholds
from cxmethod.views.expectation_gap import expectation_gap
from cxmethod.views.frontier_chart import frontier_chart
from cxmethod.views.journey_graph import journey_graph
from cxmethod.views.left_out import left_out
from cxmethod.views.moment_reasons import moment_reasons
from cxmethod.views.penalty_reward_chart import penalty_reward_chart
from cxmethod.views.persona_cards import persona_card, persona_cards
from cxmethod.views.persona_traits import persona_traits
from cxmethod.views.portfolio_words import portfolio
from cxmethod.views.progress_line import progress
from cxmethod.views.roadmap_chart import roadmap_chart
from cxmethod.views.route_comparison import route_comparison
from cxmethod.views.sentences import findings
from cxmethod.views.summary import summary
from cxmethod.views.tables import filled_tables, table
from cxmethod.views.themes_map import themes_map
from cxmethod.views.worries import worries

__all__ = [
    "alignment_map",
    "blueprint",
    "brief",
    "control_charts",
    "cover",
    "driver_quadrant",
    "effort_impact",
    "emotional_plane",
    "expectation_gap",
    "filled_tables",
    "findings",
    "frontier_chart",
    "inputs",
    "journey_graph",
    "left_out",
    "moment_reasons",
    "penalty_reward_chart",
    "persona_card",
    "persona_cards",
    "persona_traits",
    "portfolio",
    "progress",
    "roadmap_chart",
    "route_comparison",
    "summary",
    "table",
    "theme",
    "themes_map",
    "thresholds",
    "worries",
]
