"""The drawn timeline: what stands above it can be read."""

from datetime import date
from itertools import pairwise

from casereview.practice.events import Dates
from casereview.workbench.chronology.axis import Axis
from casereview.workbench.chronology.timeline import HALF, _days

AXIS = Axis(date(1992, 1, 1), date(2012, 12, 31), 180, 1180)


def test_words_of_days_that_lie_close_do_not_stand_on_each_other():
    incident = Dates(date(2012, 11, 30), date(2012, 11, 30))
    born = [Dates(date(2012, 3, 1), date(2012, 3, 31)), Dates(date(2012, 4, 2), date(2012, 4, 2)), None]
    found = sorted(
        (middle - HALF * len(said), middle + HALF * len(said), said) for _, middle, said in _days(AXIS, incident, born)
    )
    assert [said for _, _, said in found] == ["Birth, about", "Birth", "Incident"]
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert found[-1][1] <= AXIS.right


def test_days_outside_are_not_drawn():
    assert list(_days(AXIS, Dates(date(2013, 5, 1), date(2013, 5, 1)), [])) == []
