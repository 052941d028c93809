"""The parts of pathways and maps in words."""

from collections.abc import Mapping

from django import template

from casereview.analysis.words import within
from casereview.casebook.models.maps import BEHIND, CHANCE, LED_TO, LINK
from casereview.casebook.parts import Part

register = template.Library()


@register.filter
def named(slug: str, labels: Mapping[str, str]) -> str:
    """What a factor, problem or condition is called; one that the study no longer has, by its name."""
    return labels.get(slug, slug)


@register.filter
def in_words(part: Part, labels: Mapping[str, str]) -> str:
    """A part in a few words."""
    start, end = named(part.start, labels), named(part.end, labels)
    match part.kind:
        case kind if kind in (LINK, LED_TO):
            return f"{start} to {within(end)}"
        case kind if kind == BEHIND:
            return f"{start} behind {within(end)}"
        case kind if kind == CHANCE:
            return f"{named(part.of, labels)}, {where(part, labels)}"
    return start


@register.filter
def where(part: Part, labels: Mapping[str, str]) -> str:
    """Where a chance was: between two factors, at one, or at a date."""
    start, end = (within(named(slug, labels)) if slug else "" for slug in (part.start, part.end))
    place = f"between {start} and {end}" if end else f"at {start}" if start else ""
    return ", ".join(filter(None, (place, part.date)))
