"""Event logs in XES: their events, and what keeps a file from being read."""

from __future__ import annotations

import pytest

from cxmethod.engagement import Problem
from cxmethod.engagement.grid import Grid
from cxmethod.intake import take_in
from cxmethod.intake.xes import read_xes

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xmlns="http://www.xes-standard.org/">
  <global scope="trace"><string key="concept:name" value="none"/></global>
  <trace>
    <string key="concept:name" value="NA"/>
    <event>
      <string key="concept:name" value="Llamada &amp; visita"/>
      <date key="time:timestamp" value="2026-01-01T10:00:00.000-05:00"/>
      <list key="parts"><string key="concept:name" value="inner"/></list>
    </event>
    <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2026-01-02T00:00:00Z"/></event>
    <string key="channel" value="web"/>
  </trace>
  <trace>
    <string key="concept:name" value="2"/>
    <event><string key="concept:name" value="pay"/><date key="time:timestamp" value="2026-01-03T00:00:00Z"/></event>
  </trace>
</log>
"""
SOURCE = {
    "kind": "event_log",
    "file": "log.xes",
    "case": "case:concept:name",
    "activity": "concept:name",
    "timestamp": "time:timestamp",
}


def grid(text: str) -> Grid:
    found = read_xes("log.xes", text.encode())
    assert isinstance(found, Grid)
    return found


def refused(text: str) -> Problem:
    found = read_xes("log.xes", text.encode())
    assert isinstance(found, list)
    return found[0]


def test_one_row_an_event_with_the_attributes_of_its_case():
    rows = grid(LOG).frame.set_axis(list(grid(LOG).headings), axis=1)
    assert rows["case:concept:name"].tolist() == ["NA", "NA", "2"]
    assert rows["concept:name"].tolist() == ["Llamada & visita", "pay", "pay"]
    assert rows["case:channel"].fillna("").tolist() == ["web", "web", ""]
    assert rows.index.tolist() == [2, 3, 4]


def test_what_stands_inside_lists_and_globals_is_no_attribute():
    assert set(grid(LOG).headings) == {
        "concept:name",
        "time:timestamp",
        "case:concept:name",
        "case:channel",
    }


def test_a_log_is_taken_in_like_any_other(engage, sent):
    engagement = engage(SOURCE)
    take_in(engagement, [sent("log.xes", LOG)])
    events = engagement.table("events")
    assert events["journey"].tolist() == ["NA", "NA", "2"]
    assert events["timestamp"].iloc[0].isoformat() == "2026-01-01T15:00:00+00:00"


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE log [<!ENTITY a "aaaa">]><log><trace><event><string key="k" value="&a;"/></event></trace></log>',
        '<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>',
    ],
)
def test_a_document_type_is_refused(text):
    assert refused(text).rule == "intake.rule_xes_doctype"


def test_half_a_file_is_refused_with_its_line():
    problem = refused(LOG[: LOG.index("</trace>")])
    assert (problem.rule, problem.limits["line"]) == ("intake.rule_xes", 13)


def test_a_log_without_events_has_no_rows(engage, sent, rules):
    assert rules(engage(SOURCE), sent("log.xes", "<log><trace/></log>")) == [
        ("intake.rule_no_rows", "", 0, "")
    ]
