"""What every step gives: frozen, saved as CSVs and a summary, and read back the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Self

import pandas as pd

from cxmethod.engagement import Engagement, StepSpec
from cxmethod.steps.finding import Finding

_BESIDE = ("facts", "findings", "basis")


@dataclass(frozen=True, eq=False, kw_only=True)
class StepResult:
    """Base of the steps' results: each field that is a DataFrame is a result table.

    Parameters
    ----------
    facts : mapping
        Single values: counts, R², what was left out.
    findings : tuple of Finding
    basis : mapping
        Fingerprints of what it was computed from, taken before it was computed.
    """

    spec: ClassVar[StepSpec]

    facts: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    basis: Mapping[str, Any] = field(default_factory=dict)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Result tables by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _BESIDE}

    def summary(self) -> dict[str, Any]:
        """Plain values beside the tables."""
        found = [finding.as_dict() for finding in self.findings]
        return {"step": self.spec.name, "facts": dict(self.facts), "findings": found}

    @classmethod
    def read(cls, engagement: Engagement) -> Self:
        """The result as it was saved."""
        tables, summary = engagement.load(cls.spec.name)
        findings = tuple(Finding(**finding) for finding in summary["findings"])
        fields_: dict[str, Any] = {**tables, "facts": summary["facts"], "findings": findings}
        return cls(**fields_)
