"""Draw the pictures of docs/charts.md: `python -m tests.docs.draw`. Letters are of the fonts of this machine."""

from casereview.publish.charts import Picture, drawn
from casereview.study.plan import Chart
from tests.docs.pages import DOCS
from tests.drawn_charts import DRAWN

PICTURES = DOCS / "images" / "charts"


def picture(kind: str) -> Picture:
    """A kind of chart, of its small table."""
    chart = Chart.model_validate({"table": "table", "kind": kind, "caption": "Fictional figures"})
    return drawn(kind, chart, DRAWN[kind]())


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for kind in DRAWN:
        (PICTURES / f"{kind}.svg").write_text(picture(kind).svg + "\n", encoding="utf-8")
