"""Clients whose waves give rise to the findings of monitoring."""

from __future__ import annotations

from typing import Any

POINTS = "touchpoint,name,phase,order\n"
STEADY = [30, 28, 32, 29, 31, 30, 27, 33]
SCATTERED = [20, 40, 18, 42, 22, 38, 20, 41]
CALM = [(60, 100, 0.2), (57, 103, 0.25), (62, 99, 0.18), (59, 101, 0.22), (61, 100, 0.2), (60, 102, 0.21), (58, 101, 0.23),
        (61, 98, 0.19)]  # fmt: skip
BOARD = {"kind": "red", "reason": "The board says so", "author": "Ana", "date": "2026-01-01"}
FELT = "respondent,touchpoint,source,emotion\n" + "\n".join(
    f"c{n},{point},after,{n % 3 - 1}" for n in range(9) for point in ("opens", "closes")
)


def points(*keys: str) -> str:
    return POINTS + "\n".join(f"{key},{key.capitalize()},visit,{n}" for n, key in enumerate(keys))


def counted(**series: list[int]) -> dict[str, str]:
    """Touchpoints, and how many of a hundred felt badly wave by wave."""
    rows = [
        f"w{wave:02d},{key},100,{negative}"
        for key, own in series.items()
        for wave, negative in enumerate(own, start=1)
    ]
    table = "wave,touchpoint,n,negative\n" + "\n".join(rows)
    return {"touchpoints": points(*series), "waves": table}


def divided(**series: list[tuple[int, int, float]]) -> dict[str, str]:
    """Touchpoints, and of two hundred how many felt badly and well, and the mean, wave by wave."""
    rows = [
        f"w{wave:02d},{key},200,{negative},{200 - negative - positive},{positive},{mean},1.1"
        for key, own in series.items()
        for wave, (negative, positive, mean) in enumerate(own, start=1)
    ]
    table = "wave,touchpoint,n,negative,neutral,positive,mean,sd\n" + "\n".join(rows)
    return {"touchpoints": points(*series), "waves": table}


def scored(**waves: list[tuple[str, int, int]]) -> str:
    """Each wave's metrics: name, grade and how many gave it."""
    rows = [
        f"{metric}{wave}{grade}{n},{wave},{metric},{grade}"
        for wave, own in waves.items()
        for metric, grade, count in own
        for n in range(count)
    ]
    return "respondent,wave,metric,score\n" + "\n".join(rows)


DONE = "initiative,name,touchpoints,done_wave\n"

WAVES: dict[str, dict[str, Any]] = {
    "monitoring.beyond_worse monitoring.beyond_better monitoring.run_worse monitoring.run_better monitoring.past_worse "
    "monitoring.past_better monitoring.baseline_unsteady monitoring.overdispersed": counted(
        worse=[*STEADY, 60],
        better=[*STEADY, 5],
        slowly=[*STEADY, *[37] * 8],
        gently=[*STEADY, *[22] * 8],
        once=[*STEADY, 60, 30],
        luck=[*STEADY, 5, 30],
        odd=[70, *STEADY[1:], 31],
        wild=[*SCATTERED, 30],
    ),
    "monitoring.distribution monitoring.mean_better monitoring.mean_worse": divided(
        indifferent=[*CALM, (60, 60, 0.2)],
        warmer=[*CALM, (60, 100, 0.9)],
        colder=[*CALM, (60, 100, -0.6)],
    ),
    "monitoring.short_baseline monitoring.changed_worse monitoring.changed_better monitoring.unchanged "
    "monitoring.initiative_better monitoring.initiative_worse monitoring.initiative_unclear "
    "monitoring.done_wave_unknown": counted(sank=[30, 30, 60], rose=[60, 60, 30], stayed=[30, 30, 31])
    | {
        "initiatives": DONE
        + "a,A host,rose,w02\nb,A sign,sank,w02\nc,A form,stayed,w02\nd,A bell,stayed,some day",
    },
    "monitoring.red_opened monitoring.red_closed": counted(opens=[10, 60], closes=[60, 10])
    | {"ratings": FELT, "decisions": {"moments": {"opens": BOARD, "closes": BOARD}}},
    "monitoring.red_better": counted(opens=[*STEADY, 5], closes=STEADY)
    | {"ratings": FELT, "decisions": {"moments": {"opens": BOARD}}},
    "monitoring.last_wave_unknown": {
        "touchpoints": points("few", "many"),
        "waves": "wave,touchpoint,n,negative\nw1,few,100,30\nw2,few,100,60\nw3,few,4,4\nw2,many,90,9\nw3,many,90,8",
    },
    "monitoring.nps_moved monitoring.score_moved": {
        "scores": scored(w1=[("nps", 10, 30), ("csat", 5, 30)], w2=[("nps", 0, 30), ("csat", 1, 30)])
    },
    "monitoring.nps_same monitoring.score_same": {
        "scores": scored(w1=[("nps", 10, 9), ("ces", 7, 9)], w2=[("nps", 10, 9), ("ces", 7, 9)])
    },
}
"""Clients who give rise to the findings that their names list."""
