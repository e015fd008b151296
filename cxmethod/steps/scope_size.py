"""How large the map gets, and how many people it takes to fill it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cxmethod.engagement.settings import Settings
from cxmethod.stats.intervals import sample_size
from cxmethod.steps.journey import ALL
from cxmethod.steps.work_plan import LEAST_INTERVIEWS, MOST_INTERVIEWS

DIMENSIONS = ("personas", "phases", "touchpoints", "variables", "sources")


def explosion(whole: Mapping[str, int], kept: Mapping[str, int]) -> pd.DataFrame:
    """The cells of the map, dimension by dimension: each multiplies what stood before.

    A touchpoint lies in one phase, so that it multiplies by the touchpoints that a phase has on average: personas ×
    phases × touchpoints a phase × variables × sources.

    Parameters
    ----------
    whole, kept : mapping
        Dimension → how many there are, and how many the cut keeps; 0 is not known and counts as one.

    Returns
    -------
    DataFrame
        `dimension`, `count`, `product` (cells so far), `kept_count`, `kept_product`; the last row, `cells`, is the end (0 without touchpoints).
    """
    frame = pd.DataFrame({"dimension": DIMENSIONS})
    for prefix, counts in (("", whole), ("kept_", kept)):
        own = pd.Series([int(counts[name]) for name in DIMENSIONS])
        known = own.clip(lower=1)
        # Phases part the journey, touchpoints part the phases: the finer division takes the coarser one's place.
        factor = known.where(frame["dimension"] != "phases", 1)
        product = factor.cumprod()
        product = product.where(frame["dimension"] != "phases", known[0] * known)
        frame[f"{prefix}count"], frame[f"{prefix}product"] = own, product
    # Without touchpoints there is no map, however many personas and sources there are.
    whole_map, left = frame[["product", "kept_product"]].iloc[-1] if whole["touchpoints"] else (0, 0)
    cells = {"dimension": "cells", "count": whole_map, "kept_count": left}
    end = pd.DataFrame([cells | {"product": whole_map, "kept_product": left}])
    return pd.concat([frame, end], ignore_index=True)


def people(kept: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Answers of a survey and interviews, for all customers together and for each persona that is kept.

    Parameters
    ----------
    kept : DataFrame
        `persona`, `name`, `share` of the personas that stay.

    Returns
    -------
    DataFrame
        `persona` (``all`` first), `name`, `population` (where it and the share are known), `responses` (for the margin of
        error, with the correction for a finite population), `interviews_from`, `interviews_to`.
    """
    scope, own = settings.scope, kept[kept["persona"] != ALL]
    size = pd.Series([scope.population or float("nan")], dtype=float)
    sizes = pd.concat([size, (own["share"].astype(float) * size[0]).round()], ignore_index=True)
    counted = max(len(own), 1)
    frame = pd.DataFrame(
        {
            "persona": [ALL, *own["persona"]],
            "name": [ALL, *own["name"]],
            "population": sizes,
            "interviews_from": [LEAST_INTERVIEWS * counted] + [LEAST_INTERVIEWS] * len(own),
            "interviews_to": [MOST_INTERVIEWS * counted] + [MOST_INTERVIEWS] * len(own),
        }
    )
    confidence = settings.thresholds.confidence

    def needed(population: float) -> int:
        known = int(population) if population == population and population >= 1 else None
        return sample_size(scope.margin_of_error, confidence, known)

    return frame.assign(responses=frame["population"].map(needed).astype(int))
