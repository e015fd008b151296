"""Criteria compared in pairs: how much more one matters than the other, and whether the answers agree."""

from __future__ import annotations

import ipywidgets as w
import pandas as pd

from cxmethod.engagement import Engagement
from cxmethod.forms.decision_views import Choices, DecisionView, Item, note
from cxmethod.forms.decisions import compare
from cxmethod.forms.form import Form, make_form
from cxmethod.forms.static import sentence, show_rows
from cxmethod.language import CxError
from cxmethod.steps.criteria import Criteria, comparisons_of, pairs_of, weigh
from cxmethod.views.sentences import code, finding
from cxmethod.views.show import Shown

_TIMES = (9, 7, 5, 3, 2)
_NOT_COMPARED = 0.0


def compare_criteria(client: Engagement) -> Form:
    """A form that compares the criteria in pairs; the weights and the consistency ratio follow each answer."""
    return make_form(lambda: _static(client), lambda: PairwiseView(client))


class PairwiseView(DecisionView):
    """One comparison a pair, on Saaty's scale, and what follows from all of them."""

    def __init__(self, client: Engagement) -> None:
        super().__init__(client, "pairwise")
        names = _criteria(client)
        if len(names) < 2:
            raise CxError("forms.pairwise_no_criteria", client.words)
        self.follows = w.HTML(note(_follows(client)))
        pairs = {f"{first}\n{second}": (first, second) for first, second in pairs_of(names)}
        items = [self._item(key, *pair) for key, pair in pairs.items()]
        self.choices = Choices(
            self,
            items,
            self._options(),
            lambda key: _ratio(client, *pairs[key]),
            lambda key, ratio: self._put(pairs[key], ratio),
        )
        self.fill(self.choices.widget, self.follows)

    def _item(self, key: str, first: str, second: str) -> Item:
        words = self._words
        name = words.say("forms.pairwise_pair", first=code(first, words), second=code(second, words))
        return Item(key, name, name)

    def _options(self) -> list[tuple[str, float]]:
        say, number = self._words.say, self._words.number
        first = [(say("forms.pairwise_first", times=number(times, 0)), float(times)) for times in _TIMES]
        second = [
            (say("forms.pairwise_second", times=number(times, 0)), 1 / times) for times in reversed(_TIMES)
        ]
        return [("—", _NOT_COMPARED), *first, (say("forms.pairwise_same"), 1.0), *second]

    def _put(self, pair: tuple[str, str], ratio: float) -> None:
        compare(self.client, *pair, ratio or None)
        self.follows.value = note(_follows(self.client))


def _criteria(client: Engagement) -> list[str]:
    return [str(name) for name in weigh(client).frame["criterion"]]


def _ratio(client: Engagement, first: str, second: str) -> float:
    """The answer on file, as the nearest one that the form offers."""
    given = comparisons_of(client.decisions.opportunities.pairwise)
    ratio = given.get((first, second)) or 1 / given.get((second, first), float("inf"))
    offered = [_NOT_COMPARED, 1.0, *map(float, _TIMES), *(1 / times for times in _TIMES)]
    return min(offered, key=lambda one: abs(one - ratio)) if ratio else _NOT_COMPARED


def _follows(client: Engagement) -> str:
    """The weights with the consistency ratio; or why there are none yet."""
    words, found = client.words, weigh(client)
    if found.source != "pairwise" or found.consistency_ratio is None:
        told = [finding(one, words) for one in found.findings if "pairwise" in one.code]
        return told[0] if told else words.say("forms.pairwise_none")
    weights = words.join(
        f"{code(str(name), words)} {words.percent(weight)}"
        for name, weight in zip(found.frame["criterion"], found.frame["weight"], strict=True)
    )
    ratio = words.number(found.consistency_ratio, 2)
    said = words.say("forms.pairwise_weights", weights=weights, ratio=ratio)
    return " ".join([said, *_contradiction(client, found)])


def _contradiction(client: Engagement, found: Criteria) -> list[str]:
    if not found.findings:
        return [client.words.say("forms.pairwise_consistent")]
    return [finding(one, client.words) for one in found.findings]


def _static(client: Engagement) -> Shown:
    words, given = client.words, comparisons_of(client.decisions.opportunities.pairwise)
    if not given:
        return sentence(words.say("forms.pairwise_none"))
    rows = [
        [code(first, words), code(second, words), words.number(ratio, 2)]
        for (first, second), ratio in given.items()
    ]
    values = pd.DataFrame(
        [(*pair, ratio) for pair, ratio in given.items()], columns=["first", "second", "times"]
    )
    headings = [words.say(f"forms.pairwise_{name}_heading") for name in ("first", "second", "times")]
    return show_rows(
        client, f"{words.say('forms.pairwise_title')}. {_follows(client)}", headings, rows, values
    )
