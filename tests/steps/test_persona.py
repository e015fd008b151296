"""Step 1: personas by a declared column, by hand, or none at all."""

from __future__ import annotations

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from cxmethod.steps import persona
from tests_types import Engage
