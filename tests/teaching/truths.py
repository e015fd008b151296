"""A small truth for tests: two touchpoints, two personas, a log of three steps."""

from cxmethod.teaching.truth import (
    END,
    START,
    LogTruth,
    PersonaTruth,
    RoleTruth,
    TouchpointTruth,
    Truth,
    WaveTruth,
)

SMALL = Truth(
    touchpoints=(
        TouchpointTruth("call", before=0.5, after=-0.8, internal=0.4, weight=1.0),
        TouchpointTruth("visit", before=0.5, after=1.0, internal=1.0, rated=0.6, by_persona={"old": 0.0}),
    ),
    personas=(PersonaTruth("young", 0.75, (18, 30)), PersonaTruth("old", 0.25, (60, 80))),
    log=LogTruth(
        labels={"call": "Llamada", "visit": "Visita"},
        success={START: {"call": 1.0}, "call": {"call": 0.2, "visit": 0.8}, "visit": {END: 1.0}},
        failure={START: {"call": 1.0}, "call": {"call": 0.6, END: 0.4}},
        failures=0.4,
        open=0.1,
    ),
    waves=WaveTruth(
        waves=("1", "2", "3"), touchpoints=("call",), respondents=400, changes={("call", "3"): 0.8}
    ),
    roles=(RoleTruth("bosses", 3, -1.0, awareness=5.0), RoleTruth("nurses", 4, 1.0, awareness=1.0)),
)
