"""What clients send → the engagement's tables, by the sources in its settings."""

from cxmethod.intake.renewal import renew
from cxmethod.intake.report import Intake
from cxmethod.intake.take_in import take_in

__all__ = ["Intake", "renew", "take_in"]
