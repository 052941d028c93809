"""Pictures of tables: real vector graphics, drawn without a browser, each with its words for those who do not see it.

Each kind of chart has a module of its own, with a function `draw(table) -> Drawing`; `picture` makes the graphics of it.
"""

from casereview.publish.charts.picture import Picture, drawn

__all__ = ["Picture", "drawn"]
