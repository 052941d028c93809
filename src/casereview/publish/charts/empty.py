"""What is drawn of a table that counts nobody."""

import altair as alt

from casereview.analysis.tables import Answered
from casereview.publish.charts.drawing import Drawing
from casereview.publish.charts.style import FAINT, SIZE, SOFT, data

SAID = "Nothing to draw: the base is empty."


def nothing(table: Answered) -> Drawing:
    """A calm place with one sentence in it."""
    base = data([{"said": SAID}])
    frame = base.mark_rect(fill="white", stroke=FAINT, strokeWidth=1, x=0, x2={"expr": "width"}, y=0, y2={"expr": "height"})
    said = base.mark_text(fontSize=SIZE, color=SOFT, x={"expr": "width / 2"}, y={"expr": "height / 2"})
    return Drawing(alt.layer(frame, said.encode(text="said:N")).properties(height=72), f"{table.title}. {SAID}")
