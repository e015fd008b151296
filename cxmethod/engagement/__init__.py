"""A client's folder: settings, decisions, tables, saving, and what is stale."""

from cxmethod.engagement.decisions import Decisions
from cxmethod.engagement.folder import Engagement
from cxmethod.engagement.manifest import StepSpec
from cxmethod.engagement.problems import InputProblems, Problem, problem_lines
from cxmethod.engagement.process_sources import BpmnSource, ProcessLogSource
from cxmethod.engagement.saving import write_atomic
from cxmethod.engagement.schemas import TABLES, Column, Table
from cxmethod.engagement.settings import EventLogSource, Settings, SurveySource, Thresholds

__all__ = [
    "TABLES",
    "BpmnSource",
    "Column",
    "Decisions",
    "Engagement",
    "EventLogSource",
    "InputProblems",
    "Problem",
    "ProcessLogSource",
    "Settings",
    "StepSpec",
    "SurveySource",
    "Table",
    "Thresholds",
    "problem_lines",
    "write_atomic",
]
