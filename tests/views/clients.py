"""Clients who send little, much, or odd things; each as the arguments of the `engagement` fixture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .moment_clients import MOMENTS
from .opportunity_clients import OPPORTUNITIES
from .persona_clients import PERSONAS
from .route_clients import PICTURED, ROUTES
from .scope_clients import SCOPES
from .strategy_clients import ODD_STRATEGY, STRATEGY
from .wave_clients import WAVES

FORTY = "A touchpoint whose name has {} letters".format("f" * 6 + "orty")
assert len(FORTY) >= 40
POINTS = "touchpoint,name,phase,order\n"


KEYS = [f"t{number:02d}" for number in range(20)]
PHASES = [f"p{number}" for number in range(6)]


def crowd() -> dict[str, Any]:
    """Twenty touchpoints with names of forty letters in six phases with long names."""
    called = [f"A phase that customers call by many words {number}" for number in range(6)]
    phases = {"phase": PHASES, "name": called, "order": range(6), "question": "interact", "stage": "during"}
    names = [f"{number} {FORTY}"[:40] for number in range(20)]
    points = {"touchpoint": KEYS, "name": names, "phase": np.repeat(PHASES, 4)[:20], "order": range(20)}
    return {"phases": pd.DataFrame(phases), "touchpoints": pd.DataFrame(points)}


def crowded() -> dict[str, Any]:
    """All twenty rated by three sources, twelve of them by enough to enter a model; every other table beside."""
    rng = np.random.default_rng(1)
    feel = pd.DataFrame({key: rng.integers(-2, 2 + (n % 3 == 0), 220) for n, key in enumerate(KEYS)})
    answers = {key: [*feel[key][: 220 if n < 12 else 100]] for n, key in enumerate(KEYS)}
    outcome = feel[KEYS[:6]].sum(axis=1) + rng.normal(size=220)
    stops = pd.DataFrame([(j, p) for j in range(40) for p in range(15)], columns=["journey", "place"])
    roles = [f"A role with a rather long name {letter}" for letter in "abcdef"]
    levels = {"role": roles, "person": range(5), "touchpoint": KEYS}
    seen = pd.MultiIndex.from_product(levels.values(), names=list(levels)).to_frame(index=False)
    promised = [f"An attribute of the promise {letter}" for letter in "abcd"]
    cues = pd.DataFrame({"touchpoint": KEYS, "cue": "A sign", "fit": [n % 5 - 2 for n in range(20)]})
    outcomes = ["success" if number % 2 else "failure" for number in range(40)]
    waves = [(f"2026-{w:02d}", key, 100, 30 + 40 * (w == 9)) for key in KEYS for w in range(1, 10)]
    return crowd() | {
        "after": answers,
        "before": answers,
        "internal": {key: emotions[:4] for key, emotions in answers.items()},
        "outcome": list(outcome.round(2)),
        "settings": {
            "thresholds": {"resamples": 100},
            "date": "2026-09-30",
            "theme": {"name": "Calm", "attributes": promised},
        },
        "theme_cues": cues.assign(attribute=[promised[n % 3] for n in range(20)]),
        "events": stops.assign(
            touchpoint=[KEYS[p + (j % 2) * (p > 3)] for j, p in stops.to_numpy()],
            timestamp=[f"2026-01-{1 + j % 28:02d}T{p:02d}:00:00" for j, p in stops.to_numpy()],
        ),
        "journeys": pd.DataFrame({"journey": range(40), "outcome": outcomes}),
        "waves": pd.DataFrame(waves, columns=["wave", "touchpoint", "n", "negative"]),
        "alignment": seen.assign(
            respondent=seen["role"] + seen["person"].astype(str),
            importance=4,
            performance=rng.integers(1, 6, 600),
        ),
    }


def crowded_interviews() -> dict[str, Any]:
    """Ten customers who say of each of the twenty how it was and how much it matters; no outcome."""
    rng = np.random.default_rng(2)
    asked = pd.MultiIndex.from_product([range(10), KEYS], names=["respondent", "touchpoint"]).to_frame(
        index=False
    )
    emotion, importance = rng.integers(-2, 3, 200), rng.integers(1, 6, 200)
    return crowd() | {"ratings": asked.assign(source="after", emotion=emotion, importance=importance)}


def three_personas() -> dict[str, Any]:
    """Twenty touchpoints with long names, three sources, three personas of which one is small."""
    rng = np.random.default_rng(3)
    feel = {key: [*rng.integers(-2, 2 + (n % 3 == 0), 90)] for n, key in enumerate(KEYS)}
    plans = ["home"] * 50 + ["business"] * 32 + ["elders"] * 8
    people = pd.DataFrame({"respondent": [f"c{n}" for n in range(1, 91)], "plan": plans})
    return crowd() | {
        "after": feel,
        "before": {key: answers[:40] for key, answers in feel.items()},
        "internal": {key: [2, 1, 2, 1] for key in KEYS},
        "respondents": people,
        "settings": {"persona": {"column": "plan"}, "thresholds": {"resamples": 100}, "date": "2026-09-30"},
    }


INTERVIEWS = "respondent,touchpoint,source,emotion,importance\n" + "\n".join(
    f"c{n},{key},after,{emotion},{5 - place}"
    for place, (key, emotion) in enumerate({"desk": -1, "web": 1}.items())
    for n in range(6)
)
TWO = POINTS + "desk,Desk,visit,1\nweb,Web,visit,2"
LOG = "journey,touchpoint,timestamp\n1,desk,2026-01-01\n1,web,2026-01-02\n2,web,2026-01-01"
BEFORE_AND_AFTER = {"desk": [1, -1, 0, 1, -2], "web": [1, 2, 1, 0, 1]}

CLIENTS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "no ratings": {"touchpoints": TWO},
    "no touchpoints": {"after": BEFORE_AND_AFTER, "touchpoints": None, "phases": None},
    "one touchpoint": {"after": {"desk": [1, -1, 0, 1, -2]}},
    "one answer": {"after": {"desk": [1]}, "internal": {"desk": [2]}},
    "unknown answers": {"after": {"desk": [None] * 6}},
    "all alike": {"after": {"desk": [0] * 40, "web": [1] * 40}, "outcome": [7.0] * 40},
    "expectations alone": {"before": BEFORE_AND_AFTER},
    "internal views alone": {"internal": {"desk": [1, -1], "web": [2, 0]}},
    "no outcome": {"ratings": INTERVIEWS, "touchpoints": TWO},
    "no journeys that ended": {
        "touchpoints": TWO,
        "events": LOG,
        "journeys": "journey,outcome\n1,open\n2,open",
    },
    "success alone": {"touchpoints": TWO, "events": LOG, "journeys": "journey,outcome\n1,success\n2,success"},
    "off the map": {
        "touchpoints": POINTS + "desk,Desk,visit,1\nbill,Bill,visit,2",
        "events": LOG,
        "journeys": "journey,outcome\n1,success\n2,failure",
        "processes": "process,name,owner\na,A,Ana\nb,B,Luis",
        "touchpoint_processes": "touchpoint,process\ndesk,a\nbill,b",
    },
    "one wave": {"touchpoints": TWO, "waves": "wave,touchpoint,n,negative\nw1,desk,50,10"},
    "a wave of nobody": {"touchpoints": TWO, "waves": "wave,touchpoint,n,negative\nw1,desk,0,0\nw2,desk,0,0"},
    "two of a name": {
        "after": BEFORE_AND_AFTER,
        "touchpoints": POINTS + "desk,Call,visit,1\nweb,Call,visit,2",
        "alignment": "respondent,role,touchpoint,performance\na,Desk,desk,1\nb,Web,desk,5\na,Desk,web,1\nb,Web,web,4",
    },
    "importance without performance": {
        "touchpoints": TWO,
        "alignment": "respondent,role,touchpoint,importance\na,Desk,desk,1",
    },
    **PICTURED,
    "crowded": crowded(),
    "crowded interviews": crowded_interviews(),
    "personas": three_personas(),
    **ODD_STRATEGY,
}


FELT = [-2, -1, 0, 1] * 15
GOOD = [1, 2, 0, 2] * 15
TURNED = FELT[::2] + FELT[1::2]
NOISE = [((n * 37) % 11) / 4 for n in range(60)]
LIMITS = {"thresholds": {"resamples": 100}}
BOARD = {"kind": "red", "reason": "The board said so", "author": "Ana", "date": "2026-01-01"}
STEADY = [30, 28, 32, 29, 31, 30, 27, 33]


def plus(*parts: list[Any]) -> list[float]:
    """Sums of what customers felt, one by one: an outcome that follows it."""
    return [round(sum(values), 2) for values in zip(*parts, strict=True)]


def said(importance: int | str) -> str:
    """Six interviews: badly at the desk, well on the web, both of that importance."""
    rows = [
        f"c{n},{key},after,{emotion},{importance}"
        for key, emotion in (("desk", -1), ("web", 1))
        for n in range(6)
    ]
    return "respondent,touchpoint,source,emotion,importance\n" + "\n".join(rows)


def waves(later: dict[str, list[int]]) -> dict[str, str]:
    """A steady baseline of eight waves at each touchpoint, and what came later."""
    points = [f"{key},{key.capitalize()},visit,1" for key in later]
    rows = [
        f"w{wave:02d},{key},100,{negative}"
        for key, more in later.items()
        for wave, negative in enumerate([*STEADY, *more], start=1)
    ]
    return {
        "touchpoints": POINTS + "\n".join(points),
        "waves": "wave,touchpoint,n,negative\n" + "\n".join(rows),
    }


TELLING: dict[str, dict[str, Any]] = {
    "persona.no_column persona.no_card phase.question_open phase.no_touchpoint phase.department "
    "motivation.unanswered process.no_owner process.no_touchpoint opportunity.orphan opportunity.no_owner "
    "opportunity.no_cost opportunity.no_indicator opportunity.no_scores opportunity.no_budget missing.owners "
    "scope.too_many_touchpoints thread.critical_no_indicator": {
        "personas": "persona,name,evidence\ngold,Gold,assumed",
        "respondents": "respondent,age\nc1,3",
        "phases": "phase,name,order,question,stage\nvisit,Sales,1,interact,during\npay,Pay,2,return,post",
        "touchpoints": TWO.replace("order\n", "order,business_critical\n")
        .replace("visit,1", "visit,1,yes")
        .replace("visit,2", "visit,2,\nbill,Bill,visit,3,"),
        "motivations": "motivation,kind,text,evidence\nm1,worry,Will it hurt?,observed",
        "processes": "process,name\nadmit,Admission",
        "initiatives": "initiative,name\ncafe,A café",
        "criteria": "criterion,weight,direction\nfit,1,benefit",
        "settings": {"persona": {"column": "plan"}, "thresholds": {"touchpoints_per_map": 2}},
    },
    "motivation.unanswered_withheld motivation.withheld motivation.key_shared motivation.few_pairs": {
        "personas": "persona,name,evidence\ngold,Gold,assumed",
        "before": {"desk": [1, 1, 1]},
        "after": {"desk": [1, 1, 1]},
        "motivations": "motivation,kind,text,evidence,respondent\nm1,worry,Will it hurt?,observed,E1\n"
        "gold,goal,Be home by noon,observed,E1",
    },
    "motivation.unknown": {"touchpoints": "touchpoint,name,phase,order,addresses\ndesk,Desk,visit,1,m1"},
    "gap.blind_spot_flip gap.blind_spot gap.descriptive emotion.suppressed": {
        "internal": {"web": [1, 1, 2], "desk": [2, 2, 2, 2], "bill": [2, 2], "park": [1]},
        "after": {
            "web": [-1, -1, -2, -1, 0, -1],
            "desk": [0, 1, 0, 1, 0, 1],
            "bill": [-1, 0, -1, 0, 0, -1],
            "park": [1],
        },
    },
    "gap.blind_spot_worse gap.blind_spot_persona emotion.indicative emotion.protecting": {
        "internal": {"web": [-1, -1, -2, -1, -1], "desk": [1, 0, 1, 1]},
        "after": {"web": [0, -1, 0, 0] * 6, "desk": [-2, -1] * 5 + [2, 2, 1, 2] * 2 + [1, 2, 2, 1, 0, 1]},
        "respondents": "respondent,plan\n"
        + "\n".join(
            f"c{n},{plan}" for n, plan in enumerate(["old"] * 10 + ["young"] * 12 + ["few"] * 2, start=1)
        ),
        "settings": {"persona": {"column": "plan"}},
    },
    "drivers.too_few persona.small persona.hidden": {
        "after": {"desk": FELT[:20]},
        "outcome": NOISE[:20],
        "respondents": "respondent,plan\n"
        + "\n".join(f"c{n},{'gold' if n < 7 else 'old'}" for n in range(1, 8)),
        "settings": {"persona": {"column": "plan"}},
    },
    "drivers.explains_nothing monitoring.noise": {
        "after": {"desk": FELT},
        "outcome": [n // 4 % 2 for n in range(60)],
        "settings": LIMITS,
        "waves": waves({"desk": []})["waves"],
    },
    "drivers.equal_weight": {
        "after": {"desk": FELT, "web": TURNED},
        "outcome": plus(FELT, TURNED, NOISE),
        "settings": LIMITS,
    },
    "drivers.constant drivers.collinear drivers.left_out moment.red_confirmed_measured "
    "moment.red_suspected_measured_weight thread.assumed": {
        "after": {"desk": FELT, "again": FELT, "same": [1] * 60, "web": FELT[:36]},
        "outcome": plus(FELT, NOISE),
        "touchpoints": "touchpoint,name,phase,order,evidence\ndesk,Desk,visit,1,assumed\nagain,Again,visit,2,\n"
        "same,Same,visit,3,\nweb,Web,visit,4,",
        "settings": LIMITS,
    },
    "drivers.crowded_out": {
        "after": {"desk": FELT, "web": TURNED, "bill": GOOD},
        "outcome": plus(FELT, NOISE),
        "settings": {"thresholds": {"resamples": 100, "touchpoints_per_map": 2}},
    },
    "opportunity.no_weights missing.journeys": {
        "initiatives": "initiative,name,cost\ncafe,A café,10",
        "criteria": "criterion,weight,direction\ncost,0,cost",
        "events": "journey,touchpoint,timestamp\n1,cafe,2026-01-01",
    },
    "moment.value_confirmed_measured moment.value_suspected_measured_weight": {
        "after": {"desk": GOOD, "web": GOOD[:36]},
        "outcome": plus(GOOD, NOISE),
        "settings": LIMITS,
    },
    "moment.red_suspected_judged moment.value_suspected_judged strategy.contradiction": {
        "ratings": said(""),
        "touchpoints": TWO,
        "decisions": {"importance": {"desk": 5, "web": 5}},
        "theme_cues": "touchpoint,cue,fit\ndesk,The screen,-1",
    },
    "moment.overruled thread.red_no_owner process.red_uncovered opportunity.red_unanswered strategy.no_owner "
    "thread.unrated opportunity.default_criteria": {
        "ratings": said(1),
        "initiatives": "initiative,name,touchpoints\nhost,A host,desk",
        "touchpoints": TWO + "\nbill,Bill,visit,3",
        "decisions": {"moments": {"web": BOARD}},
    },
    **MOMENTS,
    **OPPORTUNITIES,
    **PERSONAS,
    **ROUTES,
    **SCOPES,
    **STRATEGY,
    **WAVES,
    "process.activity_waits process.log_ends_only process.log_few_starts process.log_withheld process.conflict_minutes "
    "process.conflict_wait_minutes process.conflict_rework_rate process.conflict_sla_met_rate "
    "process.conflict_cases_per_month process.match_open process.match_lost process.no_cost process.handover "
    "process.handover_red process.bottleneck_uncosted process.bottleneck_costed": {
        "ratings": said(1),
        "touchpoints": TWO + "\nbill,Bill,visit,3\npark,Park,visit,4",
        "decisions": {"moments": {"web": BOARD}, "processes": {"matched": {"gone": "desk"}}},
        "processes": "process,name,owner,minutes,wait_minutes,rework_rate,sla_minutes,sla_met_rate,cost_per_case,"
        "cases_per_month\nadmit,Admission,Ana,90,900,0.9,1,0.9,,9000\nsend,Sending,Luis,1,2,0.1,,,5,100\n"
        "few,Few,Ana,,,,,,,\nends,Ends,Eva,,,,,,,\nsome,Some,Eva,,,,,,,",
        "touchpoint_processes": "touchpoint,process\ndesk,few\nweb,send\nweb,admit\nbill,ends\npark,admit",
        "process_tasks": "task,name,process\nm.a,Admit,admit",
        "process_events": "process,case,activity,start,end\n"
        + "\n".join(
            f"{process},{n},{activity},{start if process not in untold else ''},2026-0{1 + n // 3}-1{n % 3}T{hour}:30:00Z"
            for process, cases in {"admit": 9, "ends": 9, "some": 9, "few": 2}.items()
            for n in range(cases)
            for untold in [("ends",) if n < 2 else ("ends", "some")]
            for activity, hour in (("ask", "08"), ("answer", "10"))
            for start in [f"2026-0{1 + n // 3}-1{n % 3}T{hour}:00:00Z"]
        ),
    },
    "opportunity.default_criteria": {"initiatives": "initiative,name,cost\ncafe,A café,10"},
    "thread.decision_outside": {
        "ratings": said(1),
        "touchpoints": TWO,
        "decisions": {"scope": {"cut": {"touchpoints": ["desk"]}}, "moments": {"web": BOARD}},
    },
    "drivers.lone": {
        "after": {"desk": FELT, "web": [1] * 59 + [-2]},
        "outcome": plus(FELT, NOISE),
        "settings": LIMITS,
    },
    "drivers.untested": {
        "after": {"desk": FELT, "web": [*FELT[:-2], 2, 2], "bill": [*FELT[:-2], 2, -2]},
        "outcome": plus(FELT, NOISE),
        "settings": LIMITS,
    },
    "thread.decision_lost thread.nothing_kept": {
        "ratings": said(1),
        "touchpoints": TWO,
        "decisions": {"scope": {"cut": {"touchpoints": ["nowhere"]}}},
    },
}
"""Clients who give rise to the findings that their names list, as far as no odd client does."""
