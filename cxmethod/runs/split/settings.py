"""What a portfolio says of one engagement that becomes many, and the settings that each of them gets."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from cxmethod.engagement.schemas import TABLES
from cxmethod.engagement.section import Section, Text
from cxmethod.engagement.settings import Settings, parse_section
from cxmethod.language import Words


def _not_blank(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("missing", "a text")
    return text.strip()


def _table_name(name: Any) -> Any:
    spanish = {table.es: table.name for table in TABLES.values()}
    return spanish.get(name, name) if isinstance(name, str) else name


def _sections(clients: Any) -> Any:
    """``Norte:`` with nothing after it is a client without settings of its own."""
    return {key: value or {} for key, value in clients.items()} if isinstance(clients, dict) else clients


Filled = Annotated[Text, AfterValidator(_not_blank)]
Overrides = dict[str, Any]


class Split(Section):
    """One engagement that becomes one for each value of a column.

    Parameters
    ----------
    engagement : str
        The folder of the whole, relative to the portfolio file.
    table : str
        The input table that has the column; by either name.
    column : str
        Its heading, whatever its letter case and accents.
    into : str
        Where the clients' folders are made, relative to the portfolio file; beside it without it.
    files : tuple of str
        Client files to be taken in by the whole before it is split, relative to the portfolio file.
    settings : dict
        Settings of all clients where they differ from the whole's.
    clients : dict
        Value of the column → settings of that client. Values that are not named here are clients as well.
    """

    engagement: Filled
    table: Annotated[Text, BeforeValidator(_table_name)] = "respondents"
    column: Filled
    into: Filled = "."
    files: tuple[Filled, ...] = ()
    settings: Overrides = Field(default_factory=dict)
    clients: Annotated[dict[Filled, Overrides], BeforeValidator(_sections)] = Field(default_factory=dict)

    @field_validator("table")
    @classmethod
    def _known_table(cls, table: str) -> str:
        if table not in TABLES:
            raise PydanticCustomError("split_table", "a table of inputs")
        return table


def part_settings(whole: Mapping[str, Any], split: Split, value: str, origin: str) -> dict[str, Any]:
    """What stands in ``engagement.yaml`` of the client of `value`.

    The whole's settings, those for all clients over them, the client's own over both. `compare_with` is left behind, for
    it leads to another state of the whole. The sources stay, because steps read in them which columns are ratings and
    outcomes; but their files are named ``ORIGIN/FILE``, which is no file's name: the whole's files, with everybody's
    rows in them, can never be taken in here.

    Parameters
    ----------
    whole : mapping
        The whole's settings as its file has them.
    split : Split
    value : str
        Value of the column.
    origin : str
        Name of the whole's folder.
    """
    data = {name: deepcopy(setting) for name, setting in whole.items() if name != "compare_with"}
    if sources := data.get("sources"):
        data["sources"] = [source | {"file": f"{origin}/{source['file']}"} for source in sources]
    data["client"] = value
    return merged(merged(data, split.settings), split.clients.get(value, {}))


def merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """`above` over `below`: sections are merged, all else is replaced."""
    both = dict(below)
    for name, setting in above.items():
        under = both.get(name)
        both[name] = (
            merged(under, setting) if isinstance(under, dict) and isinstance(setting, dict) else setting
        )
    return both


def check_settings(whole: Mapping[str, Any], split: Split, origin: str, words: Words) -> None:
    """Refuse overrides that do not hold, before anything is written.

    Raises
    ------
    CxError
        Naming every field that does not hold, of all clients or of the first client that has one.
    """
    of_all = split.model_copy(update={"clients": {}})
    parse_section(part_settings(whole, of_all, "-", origin), Settings, "split → settings", words)
    for value in split.clients:
        file = f"split → clients → {value}"
        parse_section(part_settings(whole, split, value, origin), Settings, file, words)
