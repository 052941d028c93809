"""The forms by which the tree of codes grows."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, cast

from django import forms

from casereview.casebook import tree
from casereview.interchange.imported import slug_of
from casereview.study.study import Study
from casereview.study.themes import Theme, Themes

PARTS = 4
"""Into how many codes one can be split at once."""
_IN = "\u2003"
_SHORT = "Small letters, digits and hyphens. Left empty, it is made from the label. It stays for ever."


def _text(label: str, hint: str = "", rows: int = 3, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=widget, required=False, max_length=10_000, **more)


class OfTree(forms.Form):
    """A form whose choices are codes of the tree that are in use, but for some.

    tops: of each field that chooses a code, what stands first.
    """

    tops: ClassVar[Mapping[str, str]] = {}

    def __init__(self, study: Study, themes: Themes, *given: Any, without: tuple[str, ...] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.offered = tuple(offered(themes, without))
        for name, first in self.tops.items():
            cast(forms.ChoiceField, self.fields[name]).choices = [("", first), *self.offered]
        if "since" in self.fields:
            waves = list(reversed(study.about.waves.items()))
            cast(forms.ChoiceField, self.fields["since"]).choices = [(slug, wave.label) for slug, wave in waves]


class AddForm(OfTree):
    """A new code."""

    label = forms.CharField(label="Label", max_length=200, error_messages={"required": "Enter a label."})
    code = forms.CharField(label="Short name", help_text=_SHORT, max_length=80, required=False)
    under = forms.ChoiceField(label="Below", required=False)
    definition = _text("Definition", "What a passage must say to be given it.")
    include = _text("Include", "What also counts, where coders could doubt it.", 2)
    exclude = _text("Exclude", "What does not count, and which code it gets instead.", 2)
    example = _text("Example", "A passage that shows it; made up, or cleared for publication.", 2)

    tops: ClassVar[Mapping[str, str]] = {"under": "At the top"}

    def theme(self) -> Theme:
        """The code that the form says."""
        return Theme(label=self.cleaned_data["label"].strip(), **_words(self.cleaned_data))


class WordsForm(forms.Form):
    """What a code is called, and when it is given."""

    label = forms.CharField(label="Label", max_length=200, error_messages={"required": "Enter a label."})
    definition = _text("Definition", "What a passage must say to be given it.")
    include = _text("Include", "What also counts, where coders could doubt it.", 2)
    exclude = _text("Exclude", "What does not count, and which code it gets instead.", 2)
    example = _text("Example", "A passage that shows it; made up, or cleared for publication.", 2)


class MoveForm(OfTree):
    """Where a code stands."""

    under = forms.ChoiceField(label="Move it below", required=False)

    tops: ClassVar[Mapping[str, str]] = {"under": "The top of the tree"}


class MergeForm(OfTree):
    """Into which code another goes."""

    into = forms.ChoiceField(label="Into which code", error_messages={"required": "Choose a code."})
    since = forms.ChoiceField(label="Since which period")

    tops: ClassVar[Mapping[str, str]] = {"into": "Choose a code"}


class SplitForm(forms.Form):
    """Into which new codes one is split."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for part in range(1, PARTS + 1):
            self.fields[f"label-{part}"] = forms.CharField(label=f"Label of code {part}", max_length=200, required=part < 3)
            self.fields[f"definition-{part}"] = _text(f"Definition of code {part}", rows=2)

    def into(self, taken: frozenset[str]) -> dict[str, Theme]:
        """The new codes, each with a short name of its own."""
        into: dict[str, Theme] = {}
        for part in range(1, PARTS + 1):
            label = self.cleaned_data[f"label-{part}"].strip()
            if label:
                definition = self.cleaned_data[f"definition-{part}"].strip() or None
                into[slug_of(label, taken | set(into))] = Theme(label=label, definition=definition)
        return into


class RetireForm(OfTree):
    """Why a code is given no longer."""

    why = forms.CharField(
        label="Why", help_text="As it is told to whoever still uses it.", max_length=1000, error_messages={"required": "Say why."}
    )
    use = forms.ChoiceField(label="What to use instead", required=False)
    since = forms.ChoiceField(label="Since which period")

    tops: ClassVar[Mapping[str, str]] = {"use": "Nothing"}


def _words(cleaned: dict[str, str]) -> dict[str, str | None]:
    return {name: cleaned[name].strip() or None for name in tree.WORDS}


def offered(themes: Themes, without: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The codes in use, set in by how far down they stand, but for some and what stands below them."""
    for path, theme in themes.walk():
        if theme.retired is None and not set(path) & set(without):
            yield path[-1], _IN * (len(path) - 1) + theme.label
