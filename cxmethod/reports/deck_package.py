"""A deck as bytes: the same deck gives the same bytes, whenever it is written."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

# The earliest time that a ZIP archive can tell.
_EPOCH = datetime.datetime(1980, 1, 1)


def deck_bytes(presentation: Any, date: datetime.date | None) -> bytes:
    """`presentation` as a file, dated by the engagement and not by the clock."""
    moment = datetime.datetime(date.year, date.month, date.day) if date else _EPOCH
    properties = presentation.core_properties
    properties.created = properties.modified = moment
    properties.last_modified_by, properties.revision = "", 1
    written = io.BytesIO()
    presentation.save(written)
    return _undated(written)


def workbook_options() -> dict[str, Any]:
    """How the workbook inside a chart is written: client text never becomes a formula or a link."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }


def undated_workbook(workbook: Any) -> None:
    """Take the clock out of a workbook's properties."""
    workbook.set_properties({"created": _EPOCH})


def _undated(archive: io.BytesIO) -> bytes:
    still = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            entry = zipfile.ZipInfo(item.filename, _EPOCH.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(entry, old.read(item))
    return still.getvalue()
