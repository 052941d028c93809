"""What a question's form posts."""

from dataclasses import dataclass

from django.http import Http404, QueryDict

from casereview.study.given import Unfit
from casereview.study.study import Study


@dataclass(frozen=True)
class Posted:
    """An answer to one question. chosen: `is:CATEGORY`, `absent:REASON` or `none:`; source: take what it says; undo: what was
    answered before; check: of the codebook, that is answered with `because`."""

    unit: str
    record: str
    variable: str
    was: int
    clear: bool
    undo: bool
    check: str
    because: str
    source: str
    chosen: tuple[str, ...]
    text: str

    def answer(self, study: Study) -> tuple[list[str], str]:
        """The answers and the absence, as `study.given.fitting` takes them. Raises Unfit."""
        named = {kind: [one.split(":", 1)[1] for one in self.chosen if one.startswith(f"{kind}:")] for kind in _KINDS}
        answers = named["is"] + ([self.text] if self.text else [])
        if len(named["absent"]) > 1 or (named["none"] and (answers or named["absent"])):
            raise Unfit("Give either answers, or that it is none of them, or one reason why there is no answer.")
        if study.variable(self.variable).type == "multiple" and not (answers or named["none"] or named["absent"]):
            raise Unfit("Choose what applies, or “None of these”, or say why there is no answer.")
        return answers, "".join(named["absent"])


_KINDS = ("is", "absent", "none")


def posted(data: QueryDict) -> Posted:
    """Read what was posted. What no page of ours can have sent is answered as if it were not there."""
    try:
        was = int(data.get("was", ""))
        unit, record, variable = (str(data[one]) for one in ("unit", "record", "variable"))
    except (KeyError, ValueError):
        raise Http404 from None
    check = data.get("do", "").removeprefix("explain:") if data.get("do", "").startswith("explain:") else ""
    return Posted(
        unit=unit,
        record=record,
        variable=variable,
        was=was,
        clear=data.get("do") == "clear",
        undo=data.get("do") == "undo",
        check=check,
        because=data.get(f"because-{check}", "").replace("\x00", "")[:10_000],
        source=data.get("take", ""),
        chosen=tuple(data.getlist("answer")),
        text=data.get("text", "").strip() or _date(data),
    )


def _date(data: QueryDict) -> str:
    """The parts of a date as 2018, 2018-09 or 2018-09-01; what lacks a part in between is no date, and refused as such."""
    year, month, day = (data.get(part, "").strip() for part in ("year", "month", "day"))
    if not (year or month or day):
        return ""
    return "-".join((year or "?", month or "?", day) if day else (year or "?", month) if month else (year,))
