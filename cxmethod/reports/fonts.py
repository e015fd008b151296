"""The typefaces of deliverables."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from cxmethod.assets import asset


def font_folders() -> list[Path]:
    """Where Typst finds them: ours, and Matplotlib's for the scripts that ours lacks, as in figures."""
    return [asset("templates") / "fonts", _matplotlib_data() / "fonts" / "ttf"]


def _matplotlib_data() -> Path:
    """Beside its code, without importing it; where somebody packed it otherwise, it knows itself."""
    spec = find_spec("matplotlib")
    beside = Path(spec.origin).with_name("mpl-data") if spec and spec.origin else None
    if beside and beside.is_dir():
        return beside
    import matplotlib

    return Path(matplotlib.get_data_path())
