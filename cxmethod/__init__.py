"""Customer-journey mapping in seven steps, from evidence to a funded list of improvements.

`cxmethod.open(folder)` opens a client's engagement; the notebooks do the rest.
Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from cxmethod.engagement import Engagement

__version__ = "0.1.0"
__all__ = ["open"]


def open(folder: str | Path, language: str | None = None) -> Engagement:
    """Open the engagement in `folder`.

    Parameters
    ----------
    folder : str or Path
        A folder that holds ``engagement.yaml``.
    language : {"es", "en"}, optional
        Overrides the language of the settings for this session.

    Returns
    -------
    Engagement

    Raises
    ------
    CxError
        When there is no engagement there, or its settings do not hold.
    """
    from cxmethod.engagement import Engagement

    return Engagement.open(folder, language)


def __getattr__(name: str) -> Any:
    if name in {"steps", "views", "forms"}:
        from importlib import import_module

        return import_module(f"cxmethod.{name}")
    raise AttributeError(f"module 'cxmethod' has no attribute {name!r}")
