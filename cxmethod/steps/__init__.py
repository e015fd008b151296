"""The method: one module a step notebook; engagement in, one frozen result out."""

from cxmethod.steps.finding import Finding
from cxmethod.steps.obtain import STEPS, compute, obtain, obtain_all
from cxmethod.steps.result import StepResult

__all__ = ["STEPS", "Finding", "StepResult", "compute", "obtain", "obtain_all"]
