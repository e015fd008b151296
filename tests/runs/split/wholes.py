"""A chain of three branches, small enough to count by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cxmethod.runs.split.whole import Split, split_engagement

TABLES = {
    "phases": "phase,name,order,question,stage\nbuy,Buy,1,evaluate,pre\nuse,Use,2,interact,during\n",
    "touchpoints": "touchpoint,name,phase,order,addresses\nshop,Shop,buy,1,m1;m2\ncall,Call,use,2,m3\n",
    "respondents": "encuestado,sede,plan\n1,Norte,a\n2,Sur,b\n3,Norte,a\n4,,b\n5,NA,a\n",
    "ratings": (
        "respondent,touchpoint,source,emotion,comment\n"
        "1,shop,after,1,\n2,shop,after,-1,sur dice\n3,shop,after,2,\n4,shop,after,0,\n5,shop,after,1,\n"
        "2,call,after,-2,\n1,call,after,,\n9,shop,internal,1,\n"
    ),
    "outcomes": "respondent,outcome\n1,9\n2,3\n3,10\n4,5\n5,7\n",
    "events": (
        "journey,touchpoint,timestamp,respondent\n"
        "j1,shop,2026-01-01 10:00,1\nj2,shop,2026-01-01 11:00,2\nj2,call,2026-01-02 11:00,\nj4,shop,2026-01-03 10:00,4\n"
    ),
    "journeys": "journey,outcome\nj1,success\nj2,failure\nj4,open\n",
    "motivations": (
        "motivation,kind,text,evidence,respondent\n"
        "m1,need,Que me atiendan,observed,1\nm2,worry,El precio,observed,2\nm3,goal,Resumen,observed,\nm4,doubt,Suelto,measured,\n"
    ),
    "waves": "wave,touchpoint,source,n,mean\n2026-01,shop,after,40,0.5\n",
    "initiatives": "initiative,name,motivations\ni1,Cola,m1;m2\n",
}


def make_whole(base: Path, *, settings: str = "", tables: dict[str, str] | None = None) -> Path:
    """The engagement `chain` beside where its portfolio would be."""
    folder = base / "chain"
    (folder / "inputs").mkdir(parents=True)
    (folder / "engagement.yaml").write_text(
        "client: La Cadena\nlanguage: es\ndate: 2026-01-31\n" + settings, encoding="utf-8"
    )
    for name, text in (TABLES if tables is None else tables).items():
        put(folder, name, text)
    return folder


def put(folder: Path, table: str, text: str) -> None:
    """A table of an engagement, typed in."""
    (folder / "inputs" / f"{table}.csv").write_text(text, encoding="utf-8")


def split(base: Path, **settings: Any) -> tuple[dict[str, Path], list[str]]:
    """Folders by their name, and what was told."""
    told: list[str] = []
    given = {"engagement": "chain", "column": "sede", "into": "clients", **settings}
    folders = split_engagement(Split.model_validate(given), base, tell=told.append)
    return {folder.name: folder for folder in folders}, told


def lines(folder: Path, table: str) -> list[str]:
    """The rows of a table's file, without its heading; none where there is no file."""
    path = folder / "inputs" / f"{table}.csv"
    return path.read_text(encoding="utf-8").splitlines()[1:] if path.exists() else []


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder with its time and bytes."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }
