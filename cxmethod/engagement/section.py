"""What every section of the settings is made of."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _as_text(value: Any) -> Any:
    """YAML reads 1 as a number; as a heading, an answer or a code it is text (yes and no it reads as neither)."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Text = Annotated[str, BeforeValidator(_as_text)]


class Section(BaseModel):
    """A section that takes no field but its own and never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
