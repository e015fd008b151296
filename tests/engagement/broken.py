"""Inputs as they should not be: what a consultant's first days bring, and what a sentence must then name."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pandas as pd

RATINGS = "respondent,touchpoint,source,emotion\n"
INITIATIVES = "initiative,name,touchpoints,requires\n"
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"


@dataclass(frozen=True)
class Broken:
    """An input file that does not hold, and what the sentence about it must name."""

    name: str
    file: str
    content: str | bytes
    says: tuple[str, ...]
    also: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class BrokenFolder:
    """Settings or decisions that do not hold, and what the sentence about them must name."""

    name: str
    says: tuple[str, ...]
    settings: str | bytes | None = "client: Acme\n"
    decisions: str | bytes | None = None


def _parquet(**columns: list[object]) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_parquet(buffer)
    return buffer.getvalue()


INPUTS = (
    Broken("text for a number", "phases.csv", "phase,name,order,question,stage\ns,S,first,discover,pre\n",
           ("order", "2", "first")),
    Broken("required column missing", "ratings.csv", "respondent,touchpoint,emotion\nA,website,1\n",
           ("source", "fuente")),
    Broken("no column known", "ratings.csv", "who,where,how\nA,website,1\n", ("respondent", "touchpoint", "source")),
    Broken("unknown touchpoint", "ratings.csv", RATINGS + "A,web site,after,1\n", ("touchpoint", "2", "web site")),
    Broken("duplicate id", "personas.csv", "persona,name,evidence\na,A,assumed\nb,B,assumed\na,C,assumed\n",
           ("persona", "4", "'a'|«a»")),
    Broken("rated twice", "ratings.csv", RATINGS + "A,website,after,1\nA,website,after,2\n",
           ("respondent", "touchpoint", "3")),
    Broken("emotion 7", "ratings.csv", RATINGS + "A,website,after,7\n", ("emotion", "2", "7")),
    Broken("empty file", "ratings.csv", "", ("ratings.csv",)),
    Broken("file of blanks", "ratings.csv", "\n \n\n", ("ratings.csv",)),
    Broken("file of separators", "ratings.csv", ";;;\n;;;\n", ("ratings.csv",)),
    Broken("Latin-1, semicolons, accents in the headings", "ratings.csv",
           "Encuestado;Punto de contacto;Fuente;Emoción\nJosé;website;después;cinco\n".encode("latin-1"),
           ("Emoción", "2", "cinco")),
    Broken("dates in three formats", "ratings.csv",
           "respondent,touchpoint,source,date\nA,website,after,2026-03-31\nB,website,after,31/03/2026\n"
           "C,website,after,Mar 3 26\n", ("date", "3", "31/03/2026", "4", "Mar 3 26")),
    Broken("a year for a date", "ratings.csv", "respondent,touchpoint,source,date\nA,website,after,2026\n",
           ("date", "2", "2026")),
    Broken("a time without a day", "events.csv", "journey,touchpoint,timestamp\n1,website,10:30\n",
           ("timestamp", "2", "10:30")),
    Broken("a picture named .csv", "ratings.csv", PICTURE, ("ratings.csv",)),
    Broken("UTF-16", "ratings.csv", (RATINGS + "A,website,after,1\n").encode("utf-16"), ("ratings.csv",)),
    Broken("a text named .parquet", "ratings.parquet", b"respondent,touchpoint\n", ("ratings.parquet",)),
    Broken("Parquet with a wrong value", "ratings.parquet",
           _parquet(respondent=["A"], touchpoint=["website"], source=["after"], emotion=[7.0]), ("emotion", "2", "7.0")),
    Broken("a code that means unknown", "ratings.csv", RATINGS + "A,website,after,99\n", ("emotion", "2", "99")),
    Broken("not applicable", "ratings.csv", RATINGS + "A,website,after,N/A\n", ("emotion", "2", "N/A")),
    Broken("negative weight", "respondents.csv", "respondent,weight\nA,-1\n", ("weight", "2", "-1")),
    Broken("negative weight of a rating", "ratings.csv",
           "respondent,touchpoint,source,weight\nA,website,after,-0.5\n", ("weight", "2", "-0.5")),
    Broken("share in per cent", "personas.csv", "persona,name,share,evidence\na,A,35,assumed\n", ("share", "2", "35")),
    Broken("share with its sign", "personas.csv", "persona,name,share,evidence\na,A,35%,assumed\n",
           ("share", "2", "35%")),
    Broken("blank required cell", "ratings.csv", RATINGS + "A,website,after,1\nB,,after,1\n", ("touchpoint", "3")),
    Broken("row too short", "ratings.csv", RATINGS + "A,website\n", ("source", "2")),
    Broken("row too wide", "ratings.csv", RATINGS + "A,website,after,1,5\n", ("2", "5", "4")),
    Broken("decimal comma in a comma file", "ratings.csv", RATINGS + "A,website,after,1,5\n", ("2",)),
    Broken("quotation mark never closed", "ratings.csv", RATINGS + 'A,"website,after,1\nB,website,after,1\n',
           ("ratings.csv",)),
    Broken("quotation mark never closed in a large file", "ratings.csv",
           RATINGS + 'A,"website,after,1\n' + "B,website,after,1\n" * 9000, ("ratings.csv",)),
    Broken("unknown initiative in a list", "initiatives.csv", INITIATIVES + "i1,Chat,,i2;i9\ni2,App,,\n",
           ("requires", "2", "i9")),
    Broken("unknown touchpoint in a list", "initiatives.csv", INITIATIVES + "i1,Chat,website; nowhere,\n",
           ("touchpoints", "2", "nowhere")),
    Broken("commas for a list", "initiatives.csv", INITIATIVES + 'i1,Chat,"website,booking",\n',
           ("touchpoints", "2", "website,booking")),
    Broken("thousands by commas", "owners.csv", 'owner,budget\nAna,"1,200,000"\n', ("budget", "2", "1,200,000")),
    Broken("thousands by points", "owners.csv", "owner;budget\nAna;1.200.000\n", ("budget", "2", "1.200.000")),
    Broken("one point of thousands", "owners.csv", "owner;budget\nAna;1.200\n", ("budget", "2", "1.200")),
    Broken("money with its sign", "owners.csv", "owner,budget\nAna,$ 500\n", ("budget", "2", "$ 500")),
    Broken("infinite", "owners.csv", "owner,budget\nAna,inf\n", ("budget", "2", "inf")),
    Broken("a code that is none", "ratings.csv", RATINGS + "A,website,later,1\n",
           ("source", "2", "later", "internal", "before", "after")),
    Broken("neither yes nor no", "touchpoints.csv",
           "touchpoint,name,phase,order,business_critical\nwebsite,W,search,1,perhaps\n",
           ("business_critical", "2", "perhaps")),
    Broken("heading twice", "ratings.csv", "respondent,touchpoint,source,emotion,emotion\nA,website,after,1,2\n",
           ("emotion",)),
    Broken("heading in both languages", "ratings.csv",
           "respondent,touchpoint,source,emotion,Emoción\nA,website,after,1,2\n", ("Emoción", "emotion")),
    Broken("wrong after blank rows", "ratings.csv", RATINGS + "A,website,after,1\n\n,,,\nB,website,after,9\n",
           ("emotion", "5", "9")),
    Broken("many wrong cells", "ratings.csv",
           RATINGS + "".join(f"R{number},website,after,9\n" for number in range(20)), ("emotion", "2", "9", "12")),
    Broken("braces in a cell", "ratings.csv", RATINGS + "A,website,after,{emotion}\n", ("emotion", "2", "{emotion}")),
    Broken("a table twice", "ratings.csv", RATINGS + "A,website,after,1\n", ("ratings", "Parquet"),
           (("ratings.parquet", _parquet(respondent=["A"])),)),
)  # fmt: skip

SURVEY = "sources:\n - {{kind: survey, file: a.csv, scale: {scale}, unknown: {unknown}, ratings: {{after: {{q: w}}}}}}\n"

FOLDERS = (
    BrokenFolder("no engagement.yaml", ("engagement.yaml",), None),
    BrokenFolder("empty settings", ("engagement.yaml",), ""),
    BrokenFolder("settings that are a list", ("engagement.yaml",), "- Acme\n"),
    BrokenFolder("broken YAML", ("engagement.yaml", "2"), "client: Acme\n\tlanguage: en\n"),
    BrokenFolder("a quotation mark never closed", ("engagement.yaml",), 'client: "Acme\n'),
    BrokenFolder("settings in Latin-1", ("engagement.yaml", "UTF-8"), "client: Clínica\n".encode("latin-1")),
    BrokenFolder("misspelt setting", ("objetive",), "client: Acme\nobjetive: retain\n"),
    BrokenFolder("misspelt threshold", ("thresholds.minn",), "client: Acme\nthresholds: {minn: 30}\n"),
    BrokenFolder("no client", ("client",), "objective: retain\n"),
    BrokenFolder("blank client", ("client",), "client: ''\n"),
    BrokenFolder("unknown objective", ("objective", "'grow'", "retain"), "client: Acme\nobjective: grow\n"),
    BrokenFolder("wrong language", ("language", "'fr'", "es", "en"), "client: Acme\nlanguage: fr\n"),
    BrokenFolder("wrong locale", ("locale", "xx_YY"), "client: Acme\nlocale: xx_YY\n"),
    BrokenFolder("wrong currency", ("currency", "pesos", "COP"), "client: Acme\ncurrency: pesos\n"),
    BrokenFolder("wrong colour", ("brand.colour", "teal", "#0B5C6B"), "client: Acme\nbrand: {colour: teal}\n"),
    BrokenFolder("day first", ("date", "31/03/2026"), "client: Acme\ndate: 31/03/2026\n"),
    BrokenFolder("share 25", ("thresholds.negative_share", "25"), "client: Acme\nthresholds: {negative_share: 25}\n"),
    BrokenFolder("text for a number", ("seed", "'lucky'"), "client: Acme\nseed: lucky\n"),
    BrokenFolder("money with separators", ("budget.amount", "1.200.000"), "client: Acme\nbudget: {amount: 1.200.000}\n"),
    BrokenFolder("a section as a text", ("budget",), "client: Acme\nbudget: 1200000\n"),
    BrokenFolder("a source of no kind", ("sources", "survey", "event_log"), "client: Acme\nsources: [{file: a.csv}]\n"),
    BrokenFolder("a source of another kind", ("sources", "survey", "event_log"),
                 "client: Acme\nsources: [{kind: poll, file: a.csv}]\n"),
    BrokenFolder("a scale with one end", ("scale", "low", "high"),
                 "client: Acme\n" + SURVEY.format(scale="{low: 1}", unknown="[9]")),
    BrokenFolder("a scale without a width", ("scale", "low", "high"),
                 "client: Acme\n" + SURVEY.format(scale="{low: 1, high: 1}", unknown="[9]")),
    BrokenFolder("a code that YAML takes for false", ("unknown", "False"),
                 "client: Acme\n" + SURVEY.format(scale="{low: 1, high: 5}", unknown="[no]")),
    BrokenFolder("a code that is no list", ("unknown",),
                 "client: Acme\n" + SURVEY.format(scale="{low: 1, high: 5}", unknown="9")),
    BrokenFolder("broken decisions", ("decisions.yaml",), decisions="moments: [\n"),
    BrokenFolder("decisions in Latin-1", ("decisions.yaml",), decisions="quotes: {approved: [sí]}\n".encode("latin-1")),
    BrokenFolder("decisions that are a list", ("decisions.yaml",), decisions="- red\n"),
    BrokenFolder("misspelt decision", ("momens",), decisions="momens: {}\n"),
    BrokenFolder("decisions of a later version", ("version",), decisions="version: 2\n"),
    BrokenFolder("a moment overruled without a reason", ("moments.website.reason",),
                 decisions="moments: {website: {kind: red, reason: so, author: Ana, date: 2026-03-31}}\n"),
    BrokenFolder("an importance beyond the scale", ("importance.website",), decisions="importance: {website: 9}\n"),
)  # fmt: skip
