"""plan.yaml: what the study asks, section by section."""

from casereview.study.plan.asked import Across, Asked, Intervals
from casereview.study.plan.combinations import Combination
from casereview.study.plan.drawn import Behind, Chronicled, Drawn, Pathway
from casereview.study.plan.models import Agreement, AgreementMeasure, Model, Predictor
from casereview.study.plan.plan import SECTIONS, Chart, ChartKind, Deviation, Family, Plan
from casereview.study.plan.rates import Length, Rate, Standardised, Trend
from casereview.study.plan.summaries import RankTest, Summarised, Summary
from casereview.study.plan.tables import BY_ORDER, OVER_LAYERS, TWO, Measure, Share, Show, Subtotal, Table, Test
from casereview.study.plan.together import Adjusted, Burden, BurdenTest, Classes, Together

__all__ = [
    "BY_ORDER", "OVER_LAYERS", "SECTIONS", "TWO", "Across", "Adjusted", "Agreement", "AgreementMeasure", "Asked", "Behind",
    "Burden", "BurdenTest", "Chart", "ChartKind", "Chronicled", "Classes", "Combination", "Deviation", "Drawn", "Family",
    "Intervals", "Length", "Measure", "Model", "Pathway", "Plan", "Predictor", "RankTest", "Rate", "Share", "Show",
    "Standardised", "Subtotal", "Summarised", "Summary", "Table", "Test", "Together", "Trend",
]  # fmt: skip
