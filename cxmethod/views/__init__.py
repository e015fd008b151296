"""Results → figures, tables and sentences."""

from cxmethod.views.agreed import brief, theme
from cxmethod.views.alignment_slopes import alignment_slopes
from cxmethod.views.appendix import evidence_ledger, made_with
from cxmethod.views.arrivals import arrivals
from cxmethod.views.before_after import before_after
from cxmethod.views.blueprint import blueprint
from cxmethod.views.changes import changes
from cxmethod.views.control_charts import control_charts
from cxmethod.views.cover import cover
from cxmethod.views.driver_quadrant import driver_quadrant
from cxmethod.views.effort_impact import effort_impact
from cxmethod.views.emotional_plane import emotional_plane
from cxmethod.views.evidence import inputs, thresholds
from cxmethod.views.expectation_gap import expectation_gap
from cxmethod.views.frontier_chart import frontier_chart
from cxmethod.views.journey import journey
from cxmethod.views.journey_graph import journey_graph
from cxmethod.views.left_out import left_out
from cxmethod.views.method_reasons import methods
from cxmethod.views.moment_reasons import moment_reasons
from cxmethod.views.penalty_reward_chart import penalty_reward_chart
from cxmethod.views.persona_cards import persona_card, persona_cards
from cxmethod.views.persona_traits import persona_traits
from cxmethod.views.portfolio_words import portfolio
from cxmethod.views.progress_line import progress
from cxmethod.views.roadmap_chart import roadmap_chart
from cxmethod.views.route_comparison import route_comparison
from cxmethod.views.scope_brief import scope_brief
from cxmethod.views.scope_figures import explosion
from cxmethod.views.scope_fit import cut as scope_cut
from cxmethod.views.scope_fit import people as scope_people
from cxmethod.views.scores_by_wave import scores_by_wave
from cxmethod.views.sentences import findings, signals
from cxmethod.views.strategy_map import strategy_map
from cxmethod.views.strategy_words import strategy_table
from cxmethod.views.summary import summary
from cxmethod.views.tables import filled_tables, table
from cxmethod.views.theme_fit_map import theme_fit_map
from cxmethod.views.themes_map import themes_map
from cxmethod.views.workbook import workbook_tables
from cxmethod.views.worries import worries

__all__ = [
    "alignment_slopes",
    "arrivals",
    "before_after",
    "blueprint",
    "brief",
    "changes",
    "control_charts",
    "cover",
    "driver_quadrant",
    "effort_impact",
    "emotional_plane",
    "evidence_ledger",
    "expectation_gap",
    "explosion",
    "filled_tables",
    "findings",
    "frontier_chart",
    "inputs",
    "journey",
    "journey_graph",
    "left_out",
    "made_with",
    "methods",
    "moment_reasons",
    "penalty_reward_chart",
    "persona_card",
    "persona_cards",
    "persona_traits",
    "portfolio",
    "progress",
    "roadmap_chart",
    "route_comparison",
    "scope_brief",
    "scope_cut",
    "scope_people",
    "scores_by_wave",
    "signals",
    "strategy_map",
    "strategy_table",
    "summary",
    "table",
    "theme",
    "theme_fit_map",
    "themes_map",
    "thresholds",
    "workbook_tables",
    "worries",
]
