"""From a study's prose and the tables of a release to a briefing, a report, a workbook and their evidence.

`check_prose` needs no data. `publish` (`casereview.publish.publish`) writes everything.
"""

from casereview.publish.check import check_prose

__all__ = ["check_prose"]
