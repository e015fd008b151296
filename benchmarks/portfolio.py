"""How long the portfolio of improvements takes: the whole of step 7, and one solve of a large one.

    python benchmarks/portfolio.py [--repeats 3]

The first is what a consultant waits for: 50 initiatives and 10 owners, with the frontier of 20 budgets, 200 weight draws,
the next step, and why each one is left out. The second is one exact solve of 200 initiatives and 30 owners.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

import cxmethod
from cxmethod.stats.portfolio import Portfolio, best_choice
from cxmethod.steps import opportunities
from cxmethod.steps.moments import MomentResult
from cxmethod.steps.motivations import MotivationsResult

POINTS = 12


def write(folder: Path, initiatives: int, owners: int, seed: int) -> None:
    """An engagement with initiatives by chance: prerequisites, exclusions, and owners short of days."""
    rng, inputs = np.random.default_rng(seed), folder / "inputs"
    inputs.mkdir(parents=True)
    keys, points = [f"i{n:03d}" for n in range(initiatives)], [f"p{n:02d}" for n in range(POINTS)]
    who, cost, days = (rng.integers(low, high, initiatives) for low, high in ((0, owners), (3, 90), (5, 70)))
    drawn = rng.random(initiatives)
    earlier = [keys[rng.integers(n)] if n else "" for n in range(initiatives)]
    table = {
        "initiative": keys,
        "name": keys,
        "touchpoints": [";".join(rng.choice(points, rng.integers(1, 4), replace=False)) for _ in keys],
        "owner": [f"owner {n}" for n in who],
        "cost": cost * 1_000_000,
        "person_days": days,
        "months": rng.integers(1, 9, initiatives),
        "requires": np.where(drawn < 0.25, earlier, ""),
        "excludes": np.where(drawn > 0.90, earlier, ""),
        "score_ease": rng.integers(1, 6, initiatives),
        "score_fit": rng.integers(1, 6, initiatives),
        "score_risk": rng.integers(1, 6, initiatives),
    }
    load = pd.Series(days).groupby(who).sum().reindex(range(owners), fill_value=20)
    capacity = (load * rng.uniform(0.3, 0.9, owners)).round().to_numpy()
    criteria = {
        "criterion": ["customer_impact", "ease", "fit", "risk"],
        "weight": [0.4, 0.2, 0.25, 0.15],
        "direction": ["benefit", "benefit", "benefit", "cost"],
    }
    tables = {
        "initiatives": table,
        "criteria": criteria,
        "owners": {"owner": [f"owner {n}" for n in range(owners)], "capacity_days": capacity},
        "phases": {
            "phase": ["a"],
            "name": ["A"],
            "order": [1],
            "question": ["interact"],
            "stage": ["during"],
        },
        "touchpoints": {"touchpoint": points, "name": points, "phase": "a", "order": range(POINTS)},
    }
    for name, columns in tables.items():
        pd.DataFrame(columns).to_csv(inputs / f"{name}.csv", index=False)
    budget = int(cost.sum() * 350_000)
    (folder / "engagement.yaml").write_text(
        f"client: Bench\nlanguage: en\nbudget: {{amount: {budget}, months: 12}}\n"
    )


def moments(seed: int) -> tuple[MotivationsResult, MomentResult]:
    """What steps 3 and 5 would give: twelve points, five of them red."""
    rng = np.random.default_rng(seed)
    table = {
        "persona": "all",
        "touchpoint": [f"p{n:02d}" for n in range(POINTS)],
        "kind": ["red"] * 5 + ["maintain"] * (POINTS - 5),
        "status": "confirmed",
        "relative_share": rng.dirichlet(np.ones(POINTS) * 2),
        "negative_share": rng.uniform(0.1, 0.6, POINTS),
        "stated_importance": 3.0,
    }
    said = pd.DataFrame({"motivation": [], "text": [], "answered": []}).astype({"answered": "boolean"})
    return (
        MotivationsResult(themes=pd.DataFrame(), statements=said, disconfirmation=pd.DataFrame()),
        MomentResult(drivers=pd.DataFrame(), moments=pd.DataFrame(table)),
    )


def large(initiatives: int, owners: int, seed: int) -> Portfolio:
    """One portfolio of that size, each owner short of days."""
    rng = np.random.default_rng(seed)
    keys, points = [f"i{n}" for n in range(initiatives)], [f"p{n}" for n in range(40)]
    covers = [(key, point) for key in keys for point in rng.choice(points, 2, replace=False)]
    links = pd.DataFrame(
        [rng.choice(keys, 2, replace=False) for _ in range(initiatives // 4)], columns=["option", "other"]
    )
    cost = pd.Series(rng.integers(3, 90, initiatives) * 1e6, keys)
    uses = pd.DataFrame(
        {
            "option": keys,
            "resource": [f"o{n}" for n in rng.integers(0, owners, initiatives)],
            "amount": rng.uniform(5, 70, initiatives),
        }
    )
    half = len(links) // 2
    return Portfolio(
        value=pd.Series(rng.random(initiatives) / 2, keys),
        cost=cost,
        covers=pd.DataFrame(covers, columns=["option", "point"]),
        points=pd.Series(rng.random(40), points),
        budget=float(cost.sum() * 0.35),
        uses=uses,
        capacity=(uses.groupby("resource")["amount"].sum() * 0.6),
        requires=links.iloc[:half],
        excludes=links.iloc[half:],
    )


def main() -> None:
    """Print the median seconds of both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    whole, solve, busy = [], [], []
    for seed in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder) / "client", 50, 10, seed)
            client = cxmethod.open(Path(folder) / "client")
            begun, worked = time.perf_counter(), time.process_time()
            result = opportunities.run(client, *moments(seed))
            whole.append(time.perf_counter() - begun)
            busy.append(time.process_time() - worked)
            assert result.facts["draws"] == 200
        portfolio = large(200, 30, seed)
        begun = time.perf_counter()
        assert best_choice(portfolio) is not None
        solve.append(time.perf_counter() - begun)
    print(f"50 initiatives, 10 owners, 20 budgets, 200 draws: {statistics.median(whole):.1f} s")
    print(f"  (processor: {statistics.median(busy):.1f} s; slowest {max(whole):.1f} s)")
    print(
        f"200 initiatives, 30 owners, one solve: {statistics.median(solve):.1f} s (slowest {max(solve):.1f} s)"
    )


if __name__ == "__main__":
    main()
