"""Clients who give rise to the findings of step 7 that their names list; each as the arguments of the `engagement` fixture."""

from __future__ import annotations

from typing import Any

POINTS = "touchpoint,name,phase,order\ndesk,Desk,visit,1\nweb,Web,visit,2\nbill,Bill,visit,3"
HURT = "respondent,touchpoint,source,emotion,importance\n" + "\n".join(
    f"c{n},{key},after,-1,5" for key in ("desk", "web", "bill") for n in range(6)
)
RED = {"touchpoints": POINTS, "ratings": HURT}
"""Three touchpoints that matter and hurt."""
HEAD = "initiative,name,touchpoints,owner,cost,person_days,months,requires,status,indicator,target\n"
FIT = ("impact", "fit", "speed")


def money(amount: float) -> dict[str, Any]:
    return {"budget": {"amount": amount, "months": 10}, "thresholds": {"resamples": 100}}


def criteria(*names: str) -> str:
    return "\n".join(["criterion,weight,direction", *(f"{name},1,benefit" for name in names)])


def compared(pairwise: dict[str, dict[str, float]], names: tuple[str, ...] = FIT) -> dict[str, Any]:
    """One initiative, and criteria that were compared in pairs."""
    return {
        **RED,
        "initiatives": HEAD + "host,A host,desk,Ana,60,10,2,,,Calm,80 %",
        "criteria": criteria(*names),
        "decisions": {"opportunities": {"pairwise": pairwise}},
    }


OPPORTUNITIES: dict[str, dict[str, Any]] = {
    "opportunity.red_after_done opportunity.circle opportunity.requires_itself opportunity.kept_out "
    "opportunity.beyond_horizon opportunity.unknown_owner opportunity.no_days": {
        **RED,
        "owners": "owner,capacity_days,budget\nAna,40,",
        "initiatives": HEAD
        + "\n".join(
            [
                "host,A host,desk,Ana,60,10,2,,done,Calm,80 %",
                "sign,A sign,web,Ana,10,1,1,paint,,Lost,5 %",
                "paint,Paint,web,Ana,10,1,1,sign,,Liked,4",
                "loop,A loop,web,Ana,10,1,1,loop,,Liked,4",
                "app,An app,bill,Ana,10,,1,,,Used,40 %",
                "move,A move,bill,Zoe,10,5,14,,,Liked,4",
            ]
        ),
        "settings": money(1000),
        "decisions": {"opportunities": {"keep": ["loop"]}},
    },
    "opportunity.excludes_itself opportunity.kept_and_dropped opportunity.turned_benefit opportunity.turned_cost": {
        **RED,
        "initiatives": HEAD.replace("requires", "excludes")
        + "host,A host,desk,Ana,60,10,2,host,,Calm,80 %\nsign,A sign,web,Ana,60,1,1,,,Lost,5 %",
        "criteria": "criterion,weight,direction\ncost,1,benefit\nease,1,cost\ncustomer_impact,1,benefit",
        "settings": money(100),
        "decisions": {"opportunities": {"keep": ["sign"], "drop": ["sign"]}},
    },
    "opportunity.pairwise_unknown": compared(
        {"impact": {"fit": 3, "speed": 3, "risk": 2}, "fit": {"speed": 1}}
    ),
    "opportunity.conflict": {
        **RED,
        "initiatives": HEAD
        + "host,A host,desk,Ana,60,10,2,,,Calm,80 %\nsign,A sign,web,Ana,60,1,1,,,Lost,5 %",
        "settings": money(100),
        "decisions": {"opportunities": {"keep": ["host", "sign"]}},
    },
    "opportunity.no_value": {
        "touchpoints": POINTS,
        "initiatives": HEAD + "host,A host,desk,Ana,60,10,2,,,Calm,80 %",
        "settings": money(100),
    },
    "opportunity.inconsistent": compared({"impact": {"fit": 9, "speed": 2}, "fit": {"speed": 3}}),
    "opportunity.inconsistent_reversed": compared(
        {"impact": {"fit": 5, "speed": 1 / 5}, "fit": {"speed": 5}}
    ),
    "opportunity.pairwise_incomplete": compared({"impact": {"fit": 3}}),
    "opportunity.pairwise_two_ways": compared(
        {"impact": {"fit": 3, "speed": 3}, "fit": {"impact": 3, "speed": 1}}
    ),
    "opportunity.pairwise_many": compared({"c0": {"c1": 3}}, tuple(f"c{n}" for n in range(16))),
}
