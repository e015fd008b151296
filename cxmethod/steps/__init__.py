"""The method: one module a step notebook; engagement in, one frozen result out."""

from cxmethod.steps.changes import changes_since
from cxmethod.steps.disclosed import disclosed
from cxmethod.steps.finding import Finding
from cxmethod.steps.obtain import STEPS, compute, obtain, obtain_all
from cxmethod.steps.result import StepResult
from cxmethod.steps.thread import check as check_thread

__all__ = [
    "STEPS",
    "Finding",
    "StepResult",
    "changes_since",
    "check_thread",
    "compute",
    "disclosed",
    "obtain",
    "obtain_all",
]
