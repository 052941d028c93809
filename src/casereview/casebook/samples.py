"""Drawing the samples of sample.yaml from what the casebook holds."""

from dataclasses import dataclass

from casereview.casebook.acts.samples import in_sample, settle_sample, settled_samples
from casereview.casebook.frames import Frames
from casereview.sampling import Comparison, Drawn, Member, compare, with_substitutes
from casereview.sampling import draw as drawn_from
from casereview.study.problems import Problem, StudyRefused
from casereview.study.samples import Sample
from casereview.study.study import Study


@dataclass(frozen=True)
class SampleReport:
    """One sample as drawn. members: with substitutes; changed: whether the casebook said otherwise before; before: who was in it.

    comparisons: sample and frame on the variables of spread_over, strata and compare; replaced cases are not in the sample.
    """

    slug: str
    label: str
    frame: int
    drawn: Drawn
    members: tuple[Member, ...]
    comparisons: tuple[Comparison, ...]
    changed: bool
    before: tuple[str, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that are in the sample, substitutes among them."""
        return tuple(member.case for member in self.members if member.status != "replaced")

    def summary(self) -> str:
        """What was drawn, in a few plain lines."""
        lines = [
            f"{self.label} ({self.slug}): {len(self.cases):,} of {self.frame:,} cases{'' if self.changed else ', as before'}."
        ]
        if self.changed and self.before:
            joined, left = sorted(set(self.cases) - set(self.before)), sorted(set(self.before) - set(self.cases))
            lines.append(f"  Drawn anew, since the frame or its rule changed. In: {_listed(joined)}. Out: {_listed(left)}.")
        if self.drawn.short:
            lines.append(f"  The frame has {self.drawn.short:,} fewer cases than were asked for.")
        lines += [
            f"  {one.variable}, {one.category}: {one.drawn} drawn, {one.wanted} wanted; the frame has {one.there}."
            for one in self.drawn.unmet
        ]
        return "\n".join(lines)


def _listed(cases: list[str]) -> str:
    more = f" and {len(cases) - 10:,} more" if len(cases) > 10 else ""
    return (", ".join(cases[:10]) or "none") + more


def draw(study: Study, *, by: str = "sampling") -> list[SampleReport]:
    """Draw every sample of the study, in the order of sample.yaml, so that one can be drawn from another before it.

    A draw that comes out as before changes nothing; one that comes out otherwise takes its place, and the audit log has both.
    Raises StudyRefused with every substitution that cannot be made.
    """
    problems: list[Problem] = []
    reports = []
    with Frames(study) as frames:
        for slug, sample in study.samples.samples.items():
            report, unfit = _drawn(study, frames, slug, sample, by)
            reports.append(report)
            problems += unfit
    for stranger in sorted(set(settled_samples()) - set(study.samples.samples)):
        settle_sample(by=by, sample=stranger, members=(), how={"method": "none: sample.yaml no longer has it"})
    if problems:
        raise StudyRefused(problems)
    return reports


def _drawn(study: Study, frames: Frames, slug: str, sample: Sample, by: str) -> tuple[SampleReport, list[Problem]]:
    variables = tuple(dict.fromkeys((*sample.strata, *sample.spread_over, *sample.compare)))
    frame = frames.frame(sample.frame, variables)
    drawn = drawn_from(sample, frame)
    members, unfit = with_substitutes(drawn.cases, frame.cases, sample.substitutes)
    how: dict[str, object] = {"method": sample.method, "size": sample.size, "seed": sample.seed, "frame": len(frame.cases)}
    before = in_sample(slug)
    changed = settle_sample(by=by, sample=slug, members=members, how=how)
    frames.settled(slug, members)
    inside = [member.case for member in members if member.status != "replaced"]
    report = SampleReport(
        slug, sample.label, len(frame.cases), drawn, members, compare(frame, inside, variables), changed, before
    )
    place = study.places.of("sample.yaml", "samples", slug, "substitutes")
    remedy = "Correct the substitution, or take it out: the frame or the seed may have changed since."
    return report, [Problem(place, "substitute-unfit", why, remedy) for _, why in unfit]
