"""Intake: from the files of sources.yaml into the casebook."""

from casereview.casebook.intake.report import IntakeReport, SourceReport
from casereview.casebook.intake.taking import take_in

__all__ = ["IntakeReport", "SourceReport", "take_in"]
