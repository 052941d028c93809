"""Where two sources give different known answers for one record."""

from collections import Counter

from django.db.models import Count, QuerySet

from casereview.casebook.models import Value
from casereview.study.sources import RowsSource
from casereview.study.study import Study


def conflicts(study: Study) -> int:
    """How many variables of records have two or more different known values now, double codings aside: these are to differ."""
    once = {slug: one for slug, one in study.sources.sources.items() if isinstance(one, RowsSource) and not one.double_coding}
    times = Counter(variable for source in once.values() for variable in {column.variable for column in source.columns.values()})
    shared = [variable for variable, number in times.items() if number > 1]
    known = Value.objects.filter(current=True, value__isnull=False, variable__in=shared, source__in=once)
    return sum(
        _differing(known.filter(**{f"{other}__isnull": True}), of) for of, other in (("case", "person"), ("person", "case"))
    )


def _differing(values: QuerySet[Value], of: str) -> int:
    differing = values.values(of, "variable").annotate(different=Count("value", distinct=True)).filter(different__gt=1)
    return int(differing.count())
