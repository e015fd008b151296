"""Clients who give rise to the findings of the scope."""

from __future__ import annotations

from typing import Any

PERSONAS = "persona,name,share,evidence\na,Ana,0.5,assumed\nb,Bo,0.4,assumed\nc,Cy,0.1,assumed"
MANY = "touchpoint,name,phase,order\n" + "\n".join(f"t{n},Touchpoint {n},p{n // 5},{n}" for n in range(30))

SCOPES: dict[str, dict[str, Any]] = {
    "scope.names_only scope.value_unread scope.method_unknown scope.interviews_customers": {
        "touchpoints": "name\nWebsite\nDesk",
        "personas": PERSONAS,
        "settings": {"scope": {"value": "spent", "interviewable_customers": 7}},
        "decisions": {"plan": {"method": "tarot"}},
    },
    "scope.interviews_weeks": {
        "touchpoints": MANY,
        "personas": PERSONAS,
        "settings": {"scope": {"weeks": 1, "day_rate": 1, "study_budget": 1, "data": {"events": False}}},
    },
}
"""Clients who give rise to the findings that their names list."""
