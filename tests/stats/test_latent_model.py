"""The two steps of EM as matrix products, against StepMix's own."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from stepmix import StepMix

from cxmethod.stats.latent_classes import Coded, coded
from cxmethod.stats.latent_model import Guarded


@pytest.fixture
def data() -> Coded:
    """One complete categorical indicator, one with gaps, and two numbers with gaps."""
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {
            "plan": rng.choice(["a", "b", "c"], 60),
            "city": pd.Series(rng.choice(["north", "south"], 60)).mask(rng.random(60) < 0.2),
            "age": pd.Series(rng.normal(40, 9, 60)).mask(rng.random(60) < 0.2),
            "visits": pd.Series(rng.poisson(4, 60).astype(float)).mask(rng.random(60) < 0.1),
        }
    )
    return coded(frame, ["plan", "city"], ["age", "visits"])


def stepped(kind: type[StepMix], data: Coded) -> tuple[StepMix, float, np.ndarray]:
    """A model after one step of each kind from the same memberships."""
    rng = np.random.default_rng(5)
    weights, posterior = rng.uniform(0.5, 2, len(data.matrix)), rng.dirichlet([1, 1, 1], len(data.matrix))
    model = kind(3, measurement=data.descriptor, progress_bar=0)
    if isinstance(model, Guarded):
        model.least = np.full(2, 1e-3)
    model._check_initial_parameters(data.matrix)
    model.log_resp_ = np.log(posterior)
    model._initialize_parameters_measurement(data.matrix, np.random.RandomState(0))
    model._m_step(data.matrix, posterior, sample_weight=weights)
    return model, *model._e_step(data.matrix, sample_weight=weights)


def test_the_likelihood_and_everybodys_probabilities_are_stepmixs(data):
    (_, own, ours), (_, theirs, other) = stepped(Guarded, data), stepped(StepMix, data)
    assert own == pytest.approx(theirs, rel=1e-12)
    assert np.exp(ours) == pytest.approx(np.exp(other), abs=1e-12)


def test_the_parameters_are_stepmixs(data):
    ours, theirs = (stepped(kind, data)[0] for kind in (Guarded, StepMix))
    assert ours.weights_ == pytest.approx(theirs.weights_)
    for name, model in theirs._mm.models.items():
        for parameter in {"pis", "means", "covariances"} & set(model.parameters):
            own = ours._mm.models[name].parameters[parameter]
            assert own == pytest.approx(model.parameters[parameter], abs=1e-12), (name, parameter)
