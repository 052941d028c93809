"""How many answers a variable may have: by it an engine decides which queries it puts as one."""

from casereview.study.study import Study


def sizes(study: Study) -> dict[str, int]:
    """Of `wave` and of each coded variable, the number of its answers and of the reasons why there may be none."""
    coded = {slug: len(study.categories(slug)) for slug, one in study.codebook.variables.items() if one.coded}
    return {"wave": len(study.waves)} | {slug: number + len(study.about.absences) for slug, number in coded.items()}
