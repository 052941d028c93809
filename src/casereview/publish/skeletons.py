"""The prose of a briefing or a report that a study has not written yet: its sections, out of its files."""

from casereview.study.findings import Prose
from casereview.study.study import Study


def prose_of(study: Study, slug: str) -> Prose:
    """The study's own prose of `briefing` or `report`; failing that, a plain one whose blocks fill themselves."""
    kind = slug.partition("-")[0]  # a briefing for an audience has the prose of the briefing
    return study.reports.get(kind) or Prose(f"report/{kind}.md", {"briefing": _briefing, "report": _report}[kind](study), 1)


def _briefing(study: Study) -> str:
    return "\n\n".join(
        [
            *_opening(study),
            *_findings(study),
            "## Strengths and limitations",
            _LIMITS,
        ]
    )


def _report(study: Study) -> str:
    parts = [*_opening(study), *_findings(study), "## Results", "{{ questions }}"]
    if study.samples.samples:
        parts += ["## Samples", "{{ samples }}"]
    if study.recommendations:
        parts += ["## What earlier reviews recommended", "{{ register }}"]
    parts += ["## Strengths and limitations", _LIMITS, "## What the sources held", "{{ intake }}"]
    parts += ["## The plan, and what changed in it", "{{ deviations }}", "## Codebook", "{{ codebook }}"]
    if study.themes.themes:
        parts += ["## Themes", "{{ themes }}"]
    return "\n\n".join(parts)


def _opening(study: Study) -> list[str]:
    waves = "\n".join(f"- {wave.label}" for wave in study.about.waves.values())
    return ["## Aim of the study", study.about.aim.strip(), "## How was the study done?", f"{_METHOD}\n\n{waves}"]


_METHOD = (
    "What the reviews say was recorded by the rules of a codebook, and counted by a plan that was written first. "
    "The study covers these periods:"
)

_LIMITS = (
    "The study sees events through what was written about them. An answer that is not stated is never counted as “no”: every "
    "percentage is of those of whom the answer is known, and carries its base. What is found together across cases does not "
    "predict what will happen in any one of them."
)


def _findings(study: Study) -> list[str]:
    if not study.findings:
        return []
    parts = ["## Key findings", "{{ findings }}"]
    asked = ["## Key recommendations for policy and practice", "{{ recommendations }}"] if study.recommendations else []
    return [*parts, *asked]
