"""The codes of a project in the tree: those that are there already, and those that are new."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casereview.casebook import tree
from casereview.casebook.exchange.project_out import EVIDENCE
from casereview.interchange.imported import slug_of
from casereview.interchange.refi.model import Code
from casereview.interchange.refi.themes import guid_of, theme_of
from casereview.study.study import Study
from casereview.study.themes import Theme, Themes

ANSWER = "var/"


@dataclass
class CodesIn:
    """slugs: GUID → slug. new: those to be added, as `add_codes` takes them. answers: GUID → variable, of codes for evidence."""

    slugs: dict[str, str] = field(default_factory=dict)
    new: list[tuple[str, Theme, str | None]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)


def codes_in(study: Study, now: Themes, used: frozenset[str], codes: tuple[Code, ...]) -> CodesIn:
    """Each code of a project is the one of the tree with its GUID, its short name, or its label; else it is new."""
    return _Matching(study, now, used).matched(codes)


class _Matching:
    def __init__(self, study: Study, now: Themes, used: frozenset[str]) -> None:
        self._waves = study.waves
        self._tree = tree.codes(now)
        self._by_guid = {guid_of(slug, theme): slug for slug, theme in self._tree.items()}
        self._by_label = {theme.label.casefold(): slug for slug, theme in self._tree.items() if not theme.retired}
        self._used = set(used)
        self._retired = {slug for slug, theme in self._tree.items() if theme.retired}
        self._found = CodesIn()

    def matched(self, codes: tuple[Code, ...]) -> CodesIn:
        for code in codes:
            self._match(code, None)
        return self._found

    def _match(self, code: Code, under: str | None) -> None:
        if code.guid == EVIDENCE:
            self._found.answers.update(_answers(code))
            return
        named, theme = theme_of(code)
        slug = self._known(code, named, theme) or self._new(named, theme, under)
        self._found.slugs[code.guid] = slug
        for one in code.codes:
            self._match(one, slug)

    def _known(self, code: Code, named: str, theme: Theme) -> str:
        """The code of the tree that it is, if no other of the project is the same."""
        taken = set(self._found.slugs.values())
        by_guid, by_name = self._by_guid.get(code.guid, ""), named if named in self._tree else ""
        found = by_guid or by_name or self._by_label.get(theme.label.casefold(), "")
        return "" if found in taken else found

    def _new(self, named: str, theme: Theme, under: str | None) -> str:
        fit = tree.SLUG.fullmatch(named) and named not in self._used and named not in self._tree
        slug = named if fit else slug_of(theme.label, self._used | set(self._tree))
        self._used.add(slug)
        kept = (
            theme if theme.retired is None or theme.retired.since in self._waves else theme.model_copy(update={"retired": None})
        )
        self._retired |= {slug} if kept.retired else set()
        self._found.new.append((slug, kept, None if under in self._retired else under))  # a retired code takes none below it
        return slug


def _answers(heading: Code) -> Iterator[tuple[str, str]]:
    for one in heading.codes:
        if one.name.startswith(ANSWER) and one.name.count("/") > 1:
            yield one.guid, one.name.split("/")[1]
