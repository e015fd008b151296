import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmethod.stats.conflicts import Limit, conflict, left_out
from cxmethod.stats.frontier import frontier, next_step, sensitivity, weight_draws
from cxmethod.stats.portfolio import Choice, Portfolio, best_choice, cheapest_above, upper_bound


def pairs(*rows):
    return pd.DataFrame(list(rows), columns=["option", "other"], dtype=object)


def random_portfolio(options, points, owners, seed):
    """Prerequisites, exclusions, owners' days and points that several options answer, by chance."""
    rng = np.random.default_rng(seed)
    names = [f"i{n}" for n in range(options)]
    where = [f"p{n}" for n in range(points)]
    who = [f"o{n}" for n in range(owners)]
    answers = [(name, point) for name in names for point in where if rng.random() < 0.4]
    days = [(name, who[rng.integers(owners)], float(rng.integers(1, 60))) for name in names]
    links = [tuple(rng.choice(names, 2, replace=False)) for _ in range(4)]
    cost = pd.Series(rng.integers(1, 80, options) * 1e6, names)
    return Portfolio(
        value=pd.Series(rng.random(options) / 5, names),
        cost=cost,
        covers=pd.DataFrame(answers, columns=["option", "point"], dtype=object),
        points=pd.Series(rng.random(points), where),
        budget=float(np.round(cost.sum() * rng.uniform(0.2, 0.8))),
        uses=pd.DataFrame(days, columns=["option", "resource", "amount"]),
        capacity=pd.Series(rng.integers(30, 150, owners).astype(float), who),
        requires=pairs(*links[:2]),
        excludes=pairs(*links[2:]),
    )


def every_set(options):
    """All sets of so many options: one row a set, one column an option."""
    return np.array(list(itertools.product([False, True], repeat=options)))


def matrix(portfolio, table, columns, amounts=1.0):
    """Options by what `table` ties them to."""
    filled = np.zeros((len(portfolio.value), len(columns)))
    rows = portfolio.value.index.get_indexer(table["option"])
    filled[rows, columns.get_indexer(table[table.columns[1]])] = amounts
    return filled


def allowed(portfolio, sets):
    """Which sets keep every limit, checked without the solver."""
    place = portfolio.value.index.get_loc
    uses = matrix(portfolio, portfolio.uses, portfolio.capacity.index, portfolio.uses["amount"])
    fine = (sets @ uses <= portfolio.capacity.to_numpy() + 1e-9).all(axis=1)
    if portfolio.budget is not None:
        fine &= sets @ portfolio.cost.to_numpy() <= portfolio.budget + 1e-3
    for a, b in portfolio.requires.to_numpy():
        fine &= ~sets[:, place(a)] | sets[:, place(b)]
    for a, b in portfolio.excludes.to_numpy():
        fine &= ~(sets[:, place(a)] & sets[:, place(b)])
    return fine


def worths(portfolio, sets):
    """What each set is worth, each point counted once."""
    answered = sets @ matrix(portfolio, portfolio.covers, portfolio.points.index) > 0
    return sets @ portfolio.value.to_numpy() + answered @ portfolio.points.to_numpy()


def is_allowed(portfolio, chosen):
    return bool(allowed(portfolio, portfolio.value.index.isin(chosen)[None, :])[0])


@given(seed=st.integers(0, 2**32 - 1), options=st.integers(2, 8))
@settings(max_examples=300, deadline=None)
def test_the_choice_is_the_best_of_all_sets(seed, options):
    portfolio = random_portfolio(options, 3, 2, seed)
    sets = every_set(options)
    best = worths(portfolio, sets[allowed(portfolio, sets)]).max()
    found = best_choice(portfolio)
    assert found.value == pytest.approx(best, abs=1e-6)
    assert is_allowed(portfolio, found.options)
    assert found.value == pytest.approx(portfolio.worth(found.options))


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_the_next_step_is_the_cheapest_better_set(seed):
    portfolio = random_portfolio(7, 3, 2, seed)
    choice = best_choice(portfolio)
    sets = every_set(7)
    sets = sets[allowed(replace(portfolio, budget=None), sets)]
    better = sets[worths(portfolio, sets) > choice.value + 1e-5]
    step = next_step(portfolio, choice)
    if not len(better):
        assert step is None
        return
    cheapest = (better @ portfolio.cost.to_numpy()).min()
    assert step.extra == pytest.approx(cheapest - portfolio.budget)
    assert set(step.choice.options) == (set(choice.options) | set(step.enters)) - set(step.leaves)


@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_no_choice_exceeds_the_relaxed_bound(seed):
    portfolio = random_portfolio(8, 3, 2, seed)
    assert best_choice(portfolio).value <= upper_bound(portfolio) + 1e-6


def simple(**changes):
    base = Portfolio(
        value=pd.Series({"a": 0.3, "b": 0.2, "c": 0.1}),
        cost=pd.Series({"a": 30.0, "b": 20.0, "c": 10.0}),
        budget=40.0,
    )
    return replace(base, **changes)


def test_a_point_counts_once_however_many_answer_it():
    both = pd.DataFrame({"option": ["a", "b"], "point": ["waiting", "waiting"]})
    portfolio = simple(
        value=pd.Series({"a": 0.0, "b": 0.0, "c": 0.1}),
        covers=both,
        points=pd.Series({"waiting": 0.5}),
        budget=None,
    )
    assert best_choice(portfolio) == Choice(("b", "c"), pytest.approx(0.6), 30.0)


def test_of_equal_sets_the_cheapest_is_taken():
    portfolio = simple(value=pd.Series({"a": 0.2, "b": 0.2, "c": 0.0}), budget=30.0)
    assert best_choice(portfolio).options == ("b",)


def test_the_budget_is_kept_to_the_last_unit():
    cost = pd.Series({"a": 100_000_001.0, "b": 100_000_000.0})
    portfolio = Portfolio(value=pd.Series({"a": 0.9, "b": 0.1}), cost=cost, budget=100_000_000.0)
    assert best_choice(portfolio).options == ("b",)


def test_what_must_be_in_is_in_and_what_is_refused_is_out():
    assert best_choice(simple(chosen=("c",), refused=("a",))).options == ("b", "c")


def test_no_budget_is_no_limit_and_no_money_is_no_choice():
    assert best_choice(simple(budget=None)).options == ("a", "b", "c")
    assert best_choice(simple(budget=0.0)).options == ()


def test_limits_that_contradict_each_other_are_named_and_no_others():
    portfolio = simple(chosen=("a", "b"), excludes=pairs(("a", "c"), ("b", "c")))
    assert best_choice(portfolio) is None
    assert conflict(portfolio) == (Limit("budget"), Limit("chosen", "a"), Limit("chosen", "b"))
    assert conflict(simple()) == ()


def test_an_option_whose_owner_has_too_few_days_stays_out_whatever_else():
    days = pd.DataFrame({"option": ["a"], "resource": ["Ana"], "amount": [55.0]})
    portfolio = simple(uses=days, capacity=pd.Series({"Ana": 40.0}))
    why = left_out(portfolio, best_choice(portfolio), "a")
    assert why.alone
    assert why.limits == (Limit("capacity", "Ana", needed=55.0, left=40.0),)


def test_an_option_that_others_displace_says_what_would_leave():
    portfolio = simple(budget=30.0, value=pd.Series({"a": 0.25, "b": 0.2, "c": 0.1}))
    why = left_out(portfolio, best_choice(portfolio), "a")
    assert (why.alone, set(why.leaves)) == (False, {"b", "c"})
    assert why.limits == (Limit("budget", needed=30.0, left=0.0),)
    assert why.loss == pytest.approx(0.05)


def test_an_excluded_option_names_what_excludes_it():
    portfolio = simple(budget=None, excludes=pairs(("b", "a")))
    why = left_out(portfolio, best_choice(portfolio), "b")
    assert why.limits == (Limit("excludes", "b", "a"),)


def test_the_frontier_never_falls_and_ends_where_money_no_longer_helps():
    steps = list(frontier(random_portfolio(8, 3, 2, 4), 20))
    values = [choice.value for _, choice in steps]
    assert len(steps) == 20
    assert values == sorted(values)
    assert values[-1] == pytest.approx(best_choice(replace(random_portfolio(8, 3, 2, 4), budget=None)).value)


def test_nothing_is_better_than_everything():
    assert cheapest_above(simple(), 0.6) is None


def test_drawn_weights_add_up_and_keep_their_mean():
    given_weights = pd.Series({"impact": 0.5, "fit": 0.3, "risk": 0.2, "unused": 0.0})
    draws = weight_draws(given_weights, 4000, seed=3)
    assert np.allclose(draws.sum(axis=1), 1)
    assert draws.mean().to_numpy() == pytest.approx(given_weights.to_numpy(), abs=0.005)
    assert (draws["unused"] == 0).all()


def test_every_draw_s_choice_is_within_the_stated_gap_of_the_best():
    base = random_portfolio(10, 3, 2, 11)
    by_criterion = pd.DataFrame(np.random.default_rng(1).random((10, 2)), base.value.index, ["x", "y"])

    def under(weights):
        return replace(base, value=by_criterion @ weights, points=base.points * weights["x"])

    draws = weight_draws(pd.Series({"x": 0.6, "y": 0.4}), 40, seed=5)
    best = pd.Series(0.0, base.value.index)
    for _, weights in draws.iterrows():
        best[list(best_choice(under(weights)).options)] += 1 / 40
    found = sensitivity(under, draws)
    assert found.draws == 40
    assert 0 < found.solved <= 40
    assert (found.selected - best).abs().max() < 0.3


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="unknown options: z"):
        simple(requires=pairs(("a", "z")))
    with pytest.raises(ValueError, match="numbers of at least 0"):
        simple(value=pd.Series({"a": -0.1, "b": 0.2, "c": 0.1}))


def test_the_solver_leaves_standard_output_alone(capfd):
    print("before")
    for seed in range(5):
        best_choice(random_portfolio(8, 3, 2, seed))
    print("after")
    assert capfd.readouterr().out == "before\nafter\n"
