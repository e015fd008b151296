"""What a simulated engagement has planted in it: plain values, no chance and no arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

START = "start"
END = "end"

Routes = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class TouchpointTruth:
    """One touchpoint as customers and staff see it.

    Parameters
    ----------
    touchpoint : str
    before, after, internal : float
        Expected mean emotion (−2 … +2) of customers beforehand, of customers afterwards, and of staff.
    weight : float
        What one standard deviation of the `after` emotion adds to the outcome, relative to the other weights.
    rated : float
        Share of respondents who can rate it.
    importance : float
        Expected stated importance, 1 … 5.
    mood : float
        How much of it is the customer's general mood (0 … 1); two touchpoints correlate by the product of theirs.
    by_persona : mapping of str to float
        Personas whose mean `after` emotion is another one.
    """

    touchpoint: str
    before: float
    after: float
    internal: float
    weight: float = 0.0
    rated: float = 0.994
    importance: float = 3.8
    mood: float = 0.25
    by_persona: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonaTruth:
    """A segment.

    Parameters
    ----------
    persona : str
    share : float
        Of the respondents.
    ages : tuple of int
        The ages in it (from, to; both in years).
    visits : float
        How often its customers came in the last year, on average; 0 plants nothing.
    habits : mapping of str to mapping
        Column of the survey → answer → its probability in the segment.
    """

    persona: str
    share: float
    ages: tuple[int, int] = (18, 85)
    visits: float = 0.0
    habits: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class OutcomeTruth:
    """The 0–10 outcome: its mean and spread before rounding, and the share that the emotions explain."""

    mean: float = 6.4
    spread: float = 2.2
    r_squared: float = 0.7


@dataclass(frozen=True)
class LogTruth:
    """Journeys in the client's system.

    Parameters
    ----------
    labels : mapping of str to str
        Touchpoint → what the client's system calls it.
    success, failure : Routes
        Source → target → probability of the next step; from `START`, and to `END`.
    failures, open : float
        Shares of the journeys that fail, and that have not ended yet: the ones that began last.
    pause_minutes, pause_days : mapping of str to int
        Typical time spent at a touchpoint (minutes), and whole days until the next one (at most).
    ties : float
        Share of events noted at the very minute of the one before.
    first_day, days : str, int
        When journeys begin (ISO date), and over how many days.
    """

    labels: Mapping[str, str]
    success: Routes
    failure: Routes
    failures: float = 0.3
    open: float = 0.08
    pause_minutes: Mapping[str, int] = field(default_factory=dict)
    pause_days: Mapping[str, int] = field(default_factory=dict)
    ties: float = 0.03
    first_day: str = "2026-03-02"
    days: int = 120


@dataclass(frozen=True)
class WaveTruth:
    """Monitoring: which waves and touchpoints, how many customers a wave, and what really changes.

    `changes` maps (touchpoint, wave) to the mean emotion from that wave on.
    """

    waves: tuple[str, ...]
    touchpoints: tuple[str, ...]
    respondents: int = 120
    changes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    scores: int = 60


@dataclass(frozen=True)
class RoleTruth:
    """A group of the company's people.

    Parameters
    ----------
    role : str
    people : int
    agreement : float
        How far its order of importance follows the customers' (−1 … 1).
    awareness, motivation : float
        Expected score of knowing the promise, and of wanting to keep it (1 … 5).
    """

    role: str
    people: int
    agreement: float
    awareness: float = 3.5
    motivation: float = 3.5


@dataclass(frozen=True)
class Truth:
    """Everything that is planted in one engagement.

        Parameters
        ----------
    expectation : float
            Correlation between what a customer expected of a touchpoint and what they met there.
    """

    touchpoints: tuple[TouchpointTruth, ...]
    personas: tuple[PersonaTruth, ...]
    outcome: OutcomeTruth = OutcomeTruth()
    expectation: float = 0.3
    log: LogTruth | None = None
    waves: WaveTruth | None = None
    roles: tuple[RoleTruth, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The touchpoints' ids, in order."""
        return tuple(point.touchpoint for point in self.touchpoints)
