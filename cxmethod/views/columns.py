"""How each result table is shown: its columns, and what kind of value stands in them."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "text", "point", "points", "persona", "phase", "route", "count", "number", "signed", "percent", "signed_percent",
    "p", "money", "code", "codes", "flag", "interval", "percent_interval", "score", "score_interval",
    "points_interval", "initiatives", "share_or_count", "share_or_mean", "contrast", "kano", "count_interval",
    "nps_or_share", "nps_or_share_interval", "nps_or_points", "nps_or_points_interval", "charted", "words", "quotes", "of_people", "percent_limits", "mark", "why",
    "month", "duration", "process", "deviation", "number_interval",
]  # fmt: skip

Columns = tuple[tuple[str, Kind], ...]
"""Columns in order; an interval names the part before ``low`` and ``high``."""

COLUMNS: dict[str, Columns] = {
    "00_scope.methods": (
        ("method", "code"), ("rank", "count"), ("reasons_for", "codes"), ("reasons_against", "codes"), ("unknown", "codes"),
        ("source", "text"),
    ),
    "00_scope.size": (
        ("dimension", "code"), ("count", "count"), ("product", "count"), ("kept_count", "count"), ("kept_product", "count"),
    ),
    "00_scope.cut": (
        ("name", "text"), ("share", "percent"), ("value_share", "percent"), ("cumulative", "percent"), ("kept", "flag"),
        ("decided", "flag"),
    ),
    "00_scope.people": (
        ("persona", "persona"), ("population", "count"), ("responses", "count"), ("interviews_from", "count"),
        ("interviews_to", "count"),
    ),
    "00_scope.points": (
        ("name", "text"), ("phase_name", "text"), ("reason", "code"), ("reach", "percent"), ("proposed", "flag"), ("kept", "flag"),
    ),
    "01_persona.personas": (
        ("name", "text"), ("share", "percent"), ("", "percent_interval"), ("n", "count"), ("evidence", "code"),
        ("certainty", "percent"),
    ),
    "01_persona.choice": (
        ("classes", "count"), ("bic_difference", "count"), ("smallest_share", "percent"), ("smallest_n", "count"),
        ("posterior", "percent"), ("stability", "score"), ("status", "code"), ("chosen", "flag"),
    ),
    "01_persona.traits": (
        ("persona", "persona"), ("trait", "text"), ("value", "text"), ("n", "count"), ("share_or_mean", "share_or_mean"),
        ("rest", "share_or_mean"), ("everyone", "share_or_mean"), ("difference", "signed"),
    ),
    "01_persona.cards": (
        ("name", "text"), ("goals", "text"), ("needs", "text"), ("frustrations", "text"), ("quote", "text"),
    ),
    "02_relationship.questions": (("question", "code"), ("phases", "count"), ("touchpoints", "count")),
    "02_relationship.routes": (("outcome", "code"), ("rank", "count"), ("route", "route"), ("n", "count"), ("share", "percent")),
    "02_relationship.transitions": (
        ("source", "point"), ("target", "point"), ("success_n", "count"), ("success_p", "percent"), ("failure_n", "count"),
        ("failure_p", "percent"), ("difference", "signed_percent"), ("", "points_interval"), ("p_adjusted", "p"),
        ("by_definition", "mark"),
    ),
    "02_relationship.visits": (
        ("touchpoint", "point"), ("outcome", "code"), ("journeys", "count"), ("reach", "percent"), ("", "percent_interval"),
        ("starts", "percent"), ("loops", "percent"), ("drop_off", "percent"),
    ),
    "02_relationship.influence": (
        ("touchpoint", "point"), ("removal_effect", "percent"), ("share", "percent"), ("by_definition", "mark"),
    ),
    "02_relationship.deviations": (
        ("kind", "deviation"), ("touchpoint", "point"), ("n", "count"), ("journeys", "count"), ("share", "percent"),
        ("", "percent_interval"),
    ),
    "02_relationship.moves": (
        ("source", "point"), ("target", "point"), ("outcome", "code"), ("journeys", "count"), ("share", "percent"),
        ("part", "percent"), ("on_route", "mark"),
    ),
    "03_motivations.statements": (
        ("text", "words"), ("kind", "code"), ("phase", "phase"), ("persona", "persona"), ("intensity", "number"),
        ("answered", "flag"), ("evidence", "code"),
    ),
    "03_motivations.themes": (
        ("phase", "phase"), ("kind", "code"), ("persona", "persona"), ("n", "count"), ("share", "of_people"),
        ("intensity", "number"), ("unanswered", "count"), ("indicative", "mark"), ("quotes", "quotes"),
    ),
    "03_motivations.disconfirmation": (
        ("touchpoint", "point"), ("n", "count"), ("difference", "signed"), ("", "interval"),
        ("disappointed", "percent_limits"), ("exceeded", "percent_limits"), ("verdict", "code"), ("indicative", "mark"),
    ),
    "04_touchpoints.journey": (
        ("name", "text"), ("phase_name", "text"), ("channel", "text"), ("owner", "text"),
    ),
    "04_touchpoints.emotions": (
        ("touchpoint", "point"), ("source", "code"), ("n", "count"), ("mean", "signed"), ("", "interval"),
        ("minimum", "signed"), ("maximum", "signed"), ("negative_share", "share_or_count"),
        ("negative_", "percent_interval"), ("standing", "code"),
    ),
    "04_touchpoints.internal_views": (("touchpoint", "point"), ("emotion", "signed"), ("views", "count")),
    "04_touchpoints.gaps": (
        ("touchpoint", "point"), ("n_a", "count"), ("mean_a", "signed"), ("n_b", "count"), ("mean_b", "signed"),
        ("difference", "signed"), ("", "interval"), ("p_adjusted", "p"), ("blind_spot", "flag"), ("sign_flip", "flag"),
        ("descriptive", "flag"),
    ),
    "05_moments_of_truth.drivers": (
        ("touchpoint", "point"), ("rank", "count"), ("rank_", "count_interval"), ("r2_share", "score"), ("", "score_interval"),
        ("relative_share", "percent"), ("above_equal_share", "percent"), ("stated_importance", "number"), ("outside", "code"),
    ),
    "05_moments_of_truth.penalty_reward": (
        ("touchpoint", "point"), ("low_n", "count"), ("penalty", "score"), ("penalty_", "score_interval"), ("high_n", "count"),
        ("reward", "score"), ("reward_", "score_interval"), ("kind", "contrast"),
    ),
    "05_moments_of_truth.variables": (
        ("touchpoint", "point"), ("variable", "text"), ("rank", "count"), ("r2_share", "score"), ("", "score_interval"),
        ("relative_share", "percent"), ("n", "count"), ("outside", "code"),
    ),
    "05_moments_of_truth.kano": (
        ("touchpoint", "point"), ("category", "kano"), ("clear", "flag"), ("n", "count"), ("better", "percent"),
        ("better_", "percent_interval"), ("worse", "percent"), ("worse_", "percent_interval"),
    ),
    "05_moments_of_truth.moments": (
        ("touchpoint", "point"), ("kind", "code"), ("status", "code"), ("n", "count"), ("mean", "signed"), ("", "interval"),
        ("negative_share", "percent"), ("relative_share", "percent"), ("stated_importance", "number"),
        ("business_critical", "flag"), ("decided_by", "code"),
    ),
    "06_processes.processes": (
        ("name", "text"), ("owner", "text"), ("red_points", "points"), ("bottleneck_rank", "count"),
        ("waiting_hours", "count"), ("wait_minutes", "duration"), ("flow_efficiency", "percent"),
        ("rework_rate", "percent"), ("sla_met_rate", "percent"), ("monthly_rework_cost", "money"), ("measured", "codes"),
    ),
    "06_processes.cycles": (
        ("process", "process"), ("cases", "count"), ("first", "text"), ("last", "text"), ("cycle_median", "duration"),
        ("cycle_p90", "duration"), ("waiting_mean", "duration"), ("working_mean", "duration"), ("rework_share", "percent"),
        ("extra", "count"), ("handovers_mean", "number"),
    ),
    "06_processes.activities": (
        ("activity", "text"), ("process", "process"), ("executions", "count"), ("waiting_mean", "duration"),
        ("waiting_p90", "duration"), ("waiting_part", "percent"), ("waiting_hours", "count"), ("elapsed_mean", "duration"),
        ("working_mean", "duration"), ("rework_share", "percent"), ("extra", "count"), ("handover_share", "percent"),
    ),
    "06_processes.moves": (
        ("source", "text"), ("target", "text"), ("process", "process"), ("n", "count"), ("waiting_mean", "duration"),
        ("elapsed_mean", "duration"), ("handover_share", "percent"),
    ),
    "06_processes.handovers": (
        ("name", "text"), ("owner", "text"), ("next_name", "text"), ("next_owner", "text"), ("red", "mark"),
    ),
    "06_processes.tasks": (
        ("name", "text"), ("process_name", "text"), ("owner", "text"), ("proposed", "point"), ("score", "percent"),
        ("matched", "point"),
    ),
    "06_processes.links": (("name", "text"), ("kind", "code"), ("process_name", "text"), ("owner", "text")),
    "07_opportunities.opportunities": (
        ("name", "words"), ("kind", "code"), ("phase", "phase"), ("status", "code"), ("initiatives", "initiatives"),
        ("done", "initiatives"),
    ),
    "07_opportunities.initiatives": (
        ("name", "text"), ("rank", "count"), ("score", "score"), ("topsis_rank", "count"), ("p_first_three", "percent"),
        ("easy_and_smart", "flag"), ("selected", "flag"), ("p_selected", "percent"), ("owner", "text"), ("cost", "money"),
    ),
    "07_opportunities.done": (
        ("name", "text"), ("done_wave", "text"), ("owner", "text"), ("indicator", "text"), ("target", "text"),
    ),
    "07_opportunities.left_out": (
        ("initiative", "initiatives"), ("rank", "count"), ("reason", "why"), ("leaves", "initiatives"), ("loss", "percent"),
    ),
    "07_opportunities.frontier": (
        ("budget", "money"), ("share", "percent"), ("cost", "money"), ("initiatives", "initiatives"),
    ),
    "07_opportunities.roadmap": (
        ("initiative", "initiatives"), ("tranche", "count"), ("owner", "text"), ("start", "month"), ("end", "count"),
        ("cost", "money"), ("indicator", "text"), ("target", "text"),
    ),
    "07_opportunities.owners": (
        ("owner", "text"), ("capacity", "count"), ("used", "count"), ("budget", "money"), ("spent", "money"),
    ),
    "07_opportunities.criteria": (("criterion", "code"), ("weight", "percent"), ("direction", "code")),
    "08_strategy.touchpoints": (
        ("name", "text"), ("strategy", "code"), ("kind", "code"), ("factor", "contrast"), ("expectation_gap", "signed"),
        ("gap_", "interval"), ("theme_fit", "signed"), ("contradiction", "flag"), ("owner", "text"),
    ),
    "08_strategy.cues": (
        ("name", "text"), ("attribute", "text"), ("cue", "text"), ("fit", "signed"), ("effect", "code"), ("contradiction", "flag"),
    ),
    "08_strategy.attributes": (
        ("attribute", "text"), ("touchpoints", "count"), ("positive", "count"), ("negative", "count"), ("fit", "signed"),
        ("contradictions", "count"),
    ),
    "08_strategy.customers": (
        ("touchpoint", "point"), ("n", "count"), ("performance", "signed"), ("importance", "score"), ("basis", "code"),
    ),
    "08_strategy.roles": (("role", "text"), ("people", "count"), ("shown", "flag")),
    "08_strategy.alignment": (
        ("touchpoint", "point"), ("role", "text"), ("measure", "code"), ("n", "count"), ("mean", "number"),
        ("", "number_interval"), ("sd", "number"), ("r_wg", "number"),
    ),
    "08_strategy.between": (
        ("touchpoint", "point"), ("measure", "code"), ("highest", "text"), ("most", "number"), ("lowest", "text"),
        ("least", "number"), ("icc", "score"), ("", "score_interval"), ("p_adjusted", "p"),
    ),
    "08_strategy.agreement": (
        ("role", "text"), ("measure", "code"), ("people", "count"), ("n", "count"), ("rho", "score"), ("", "score_interval"),
    ),
    "08_strategy.items": (
        ("item", "text"), ("role", "text"), ("n", "count"), ("score", "number"), ("", "number_interval"), ("standing", "code"),
    ),
    "09_monitoring.signals": (
        ("touchpoint", "point"), ("statistic", "code"), ("wave", "text"), ("n", "count"), ("value", "charted"),
        ("centre", "charted"), ("lower", "charted"), ("upper", "charted"), ("signal", "code"), ("chart", "code"),
    ),
    "09_monitoring.changes": (
        ("name", "text"), ("before_wave", "text"), ("before", "percent"), ("wave", "text"), ("after", "percent"),
        ("difference", "signed_percent"), ("", "points_interval"), ("p_adjusted", "p"),
    ),
    "09_monitoring.initiatives": (
        ("initiative", "text"), ("done_wave", "text"), ("name", "text"), ("before", "percent"), ("after", "percent"),
        ("difference", "signed_percent"), ("", "points_interval"), ("p_adjusted", "p"),
    ),
    "09_monitoring.scores": (("wave", "text"), ("metric", "code"), ("n", "count"), ("value", "nps_or_share"), ("", "nps_or_share_interval")),
    "09_monitoring.score_changes": (
        ("metric", "code"), ("before_wave", "text"), ("before", "nps_or_share"), ("wave", "text"), ("after", "nps_or_share"),
        ("difference", "nps_or_points"), ("", "nps_or_points_interval"), ("p_adjusted", "p"),
    ),
    "09_monitoring.red_points": (
        ("name", "text"), ("change", "code"), ("wave", "text"), ("n", "count"), ("negative_share", "percent"),
        ("negative_", "percent_interval"), ("mean", "signed"),
    ),
}  # fmt: skip
