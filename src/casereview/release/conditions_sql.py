"""A condition as SQL. Its NULL is Kleene's unknown, so DuckDB's AND, OR and NOT are those of `study.conditions.holds`."""

from collections.abc import Callable

from casereview.release.sql import text, text_list, texts
from casereview.study.conditions import NOT_APPLICABLE, All, AnyPart, Applies, In, Known, Not, Test

IN_SAMPLE = ("drawn", "substitute")
"""The statuses with which a case is in a sample; a replaced one is not."""


def truth(test: Test, column: Callable[[str], str], multiple: Callable[[str], bool]) -> str:
    """SQL that is true, false or null.

    column: what stands for a variable's answer, null where absent; also asked for `case` and `wave`. multiple: whether its
    answer is a list. For `Applies`, the column of `NAME.absent` is asked for. The condition `sample` reads a table `samples`.
    """
    match test:
        case In(variable="sample", values=values):
            return in_samples(column("case"), values)
        case Known(variable="sample", wanted=wanted):
            return "TRUE" if wanted else "FALSE"
        case In(variable=variable, values=values) if multiple(variable):
            return f"list_has_any({column(variable)}, {text_list(values)})"
        case In(variable=variable, values=values):
            return f"({column(variable)} IN ({texts(values)}))"
        case Known(variable=variable, wanted=wanted):
            return f"({column(variable)} IS {'NOT ' if wanted else ''}NULL)"
        case Applies(variable=variable):
            return f"({column(f'{variable}.absent')} IS DISTINCT FROM {text(NOT_APPLICABLE)})"
        case Not(part=part):
            return f"(NOT {truth(part, column, multiple)})"
        case All(parts=parts):
            return "(" + (" AND ".join(truth(part, column, multiple) for part in parts) or "TRUE") + ")"
        case AnyPart(parts=parts):
            return "(" + " OR ".join(truth(part, column, multiple) for part in parts) + ")"


def in_samples(case: str, samples: tuple[str, ...]) -> str:
    """Whether a case is in one of the samples."""
    chosen = f"sample IN ({texts(samples)}) AND status IN ({texts(IN_SAMPLE)})"
    return f'({case} IN (SELECT s."case" FROM samples AS s WHERE {chosen}))'
