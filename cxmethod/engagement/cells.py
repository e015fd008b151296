"""Text cells → values of the declared kind; what cannot be read is named, never guessed."""

from __future__ import annotations

import pandas as pd

from cxmethod.engagement.schemas import Column, plain

_SPANISH_CODES = {
    "measured": ("medida", "medido"),
    "observed": ("observada", "observado"),
    "assumed": ("supuesta", "supuesto"),
    "proposed": ("propuesta", "propuesto"),
    "internal": ("interna", "interno"),
    "before": ("antes",),
    "after": ("despues",),
    "pre": ("antes", "previa"),
    "during": ("durante",),
    "post": ("despues", "posterior"),
    "discover": ("descubrir", "descubre"),
    "evaluate": ("evaluar", "evalua"),
    "interact": ("interactuar", "interactua"),
    "return": ("volver", "vuelve", "regresar"),
    "refer": ("recomendar", "recomienda", "referir"),
    "goal": ("objetivo",),
    "need": ("necesidad",),
    "expectation": ("expectativa",),
    "motivation": ("motivacion",),
    "worry": ("preocupacion",),
    "doubt": ("duda",),
    "frustration": ("frustracion",),
    "trigger": ("detonante", "disparador"),
    "customer": ("cliente",),
    "company": ("empresa",),
    "partner": ("aliado", "socio"),
    "brand": ("marca",),
    "social": ("redes", "entorno"),
    "success": ("exito",),
    "failure": ("fracaso",),
    "open": ("abierto", "en_curso"),
    "in_progress": ("en_curso", "en_marcha"),
    "done": ("hecha", "hecho", "terminada", "terminado", "lista"),
    "benefit": ("beneficio",),
    "cost": ("costo", "coste"),
}
_YES = {"1", "true", "yes", "y", "si", "s", "x", "verdadero"}
_NO = {"0", "false", "no", "n", "falso"}
_DAY = r"^\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|\d{4})(?:\D|$)"
_OFFSET = r"(?::\d{2}(?:[.,]\d+)?|T\d{2}(?:\d{2}){0,2}(?:[.,]\d+)?)\s?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)\s*$"


def parse(cells: pd.Series, column: Column, *, decimal_comma: bool) -> tuple[pd.Series, pd.Series]:
    """Values of `cells` as `column` wants them.

    Returns
    -------
    values : Series
        Blank cells are missing; so are cells that cannot be read.
    unreadable : Series of bool
        Where a cell is not blank and cannot be read.
    """
    typed = not (pd.api.types.is_string_dtype(cells) or cells.dtype == object)
    text = None if typed else _text(cells)
    if column.kind in ("number", "count", "share", "emotion", "grade"):
        values = _numbers(cells if text is None else text, decimal_comma=decimal_comma)
    elif column.kind in ("date", "time"):
        values = _moments(cells if text is None else text, day=column.kind == "date")
    elif column.kind == "flag":
        values = _flags(cells if text is None else text)
    elif column.kind == "code":
        values = _codes(_text(cells), column.allowed)
    else:
        values = _text(cells)
    present = (_text(cells) if text is None else text).notna() if not typed else cells.notna()
    return values, present & values.isna()


def _text(cells: pd.Series) -> pd.Series:
    whole = pd.api.types.is_float_dtype(cells) and not (cells.dropna() % 1).any()
    # Parquet holds whole numbers with blanks as floats: 7.0 is the key 7.
    stripped = (cells.astype("Int64") if whole else cells).astype("string").str.strip()
    return stripped.mask(stripped == "", pd.NA)


def _numbers(cells: pd.Series, *, decimal_comma: bool) -> pd.Series:
    if pd.api.types.is_string_dtype(cells):
        cells = cells.str.replace("−", "-", regex=False)
        if decimal_comma:
            cells = _without_grouped(cells).str.replace(r"^(-?\d+),(\d+)$", r"\1.\2", regex=True)
    values = pd.to_numeric(cells, errors="coerce").astype("float64")
    return values.mask(values.abs() == float("inf"))


def _without_grouped(cells: pd.Series) -> pd.Series:
    """Where a comma is the decimal mark, 1.200 is twelve hundred: refused, unless others have a decimal point."""
    grouped = cells.str.fullmatch(r"-?[1-9]\d{0,2}(?:\.\d{3})+").fillna(False)
    pointed = cells.str.fullmatch(r"-?\d+\.\d+").fillna(False) & ~grouped
    return cells if pointed.any() else cells.mask(grouped)


def _moments(cells: pd.Series, *, day: bool) -> pd.Series:
    """ISO 8601 only: 03/04/2026 is two different days on two sides of an ocean."""
    if pd.api.types.is_string_dtype(cells):
        cells = cells.where(cells.str.contains(_DAY, regex=True).fillna(False))
    values = pd.to_datetime(cells, format="ISO8601", errors="coerce", utc=True)
    return values.dt.tz_localize(None).dt.normalize() if day else values


def zoned(cells: pd.Series) -> pd.Series[bool]:
    """Which cells of a column of times say their offset from UTC."""
    if isinstance(cells.dtype, pd.DatetimeTZDtype):
        return cells.notna()
    if not (pd.api.types.is_string_dtype(cells) or cells.dtype == object):
        return pd.Series(False, cells.index)
    return cells.astype("string").str.contains(_OFFSET, regex=True).fillna(False).astype(bool)


def _flags(cells: pd.Series) -> pd.Series:
    if pd.api.types.is_bool_dtype(cells):
        return cells.astype("boolean")
    words = cells.astype("string").str.casefold().str.replace("í", "i", regex=False)
    yes = words.isin(_YES) | words.isin({"1.0"})
    no = words.isin(_NO) | words.isin({"0.0"})
    return yes.astype("boolean").mask(~(yes | no), pd.NA)


def _codes(cells: pd.Series, allowed: tuple[str, ...]) -> pd.Series:
    meaning = {spanish: code for code in allowed for spanish in _SPANISH_CODES.get(code, ())}
    meaning |= {code: code for code in allowed}
    lookup = {cell: meaning.get(plain(cell), pd.NA) for cell in cells.dropna().unique()}
    return cells.map(lookup, na_action="ignore").astype("string")
