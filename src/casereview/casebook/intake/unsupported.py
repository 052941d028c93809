"""Values that the codebook wants to rest on a passage, and that rest on none."""

from django.db.models import Count, Exists, OuterRef

from casereview.casebook.models import Evidence, Value
from casereview.study.study import Study


def unsupported(study: Study) -> dict[str, int]:
    """Variable whose evidence is required → known values of it without a passage. In the order of the codebook."""
    required = [slug for slug, variable in study.codebook.variables.items() if variable.evidence == "required"]
    passages = Evidence.objects.filter(current=True, variable=OuterRef("variable"))
    of_case, of_person = passages.filter(case=OuterRef("case")), passages.filter(person=OuterRef("person"))
    bare = Value.objects.filter(current=True, value__isnull=False, variable__in=required)
    counted = bare.exclude(Exists(of_case) | Exists(of_person)).values_list("variable").annotate(Count("id")).order_by()
    found: dict[str, int] = dict(counted)
    return {slug: found[slug] for slug in required if slug in found}
