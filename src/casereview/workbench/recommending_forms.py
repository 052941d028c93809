"""The forms by which recommendations, and what became of them, are recorded."""

import json
from collections.abc import Mapping
from typing import Any, cast

from django import forms

from casereview.publish.registered import NOW
from casereview.study.recommendations import STATUSES, Recommendation
from casereview.study.study import Study

LINES = forms.Textarea(attrs={"rows": 3})
NAME = "Small letters, digits and hyphens. Left empty, it is made from the title. It stays for ever."
GROUNDS = "Names of what the plan asks, of cells of it (table.row), or of themes, one a line."


EMPTY = {
    "title": "Enter a title.",
    "change": "Say what is to be done differently.",
    "findings": "Choose a finding that it rests on.",
    "audience": "Choose whom it addresses.",
}
"""What is said of each field that must be filled in and is not."""


class RecommendationForm(forms.Form):
    """What the head of a recommendation's file would say."""

    title = forms.CharField(label="Title", help_text="The recommendation in a few words.", max_length=300)
    slug = forms.SlugField(label="Short name", help_text=NAME, max_length=80, required=False)
    change = forms.CharField(label="Change", help_text="What is to be done differently.", max_length=10_000, widget=LINES)
    findings = forms.MultipleChoiceField(label="Findings that it rests on", widget=forms.CheckboxSelectMultiple)
    audience = forms.MultipleChoiceField(label="Whom it addresses", widget=forms.CheckboxSelectMultiple)
    measure = forms.CharField(label="How one will know", max_length=10_000, required=False, widget=LINES)
    owner = forms.CharField(
        label="Owner", help_text="An organisation or a role, never a person’s name.", max_length=500, required=False
    )
    due = forms.DateField(label="Due", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    first_made = forms.ChoiceField(label="Review that first made it", required=False)
    made_in = forms.CharField(label="That review by its name, if it has one", max_length=500, required=False)
    repeats = forms.ChoiceField(label="Earlier recommendation that it makes again", required=False)
    text = forms.CharField(
        label="Why it is made",
        help_text="Figures are written as in findings: {{ TABLE.ROW percent }}.",
        max_length=50_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, study: Study, slug: str, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        newest = study.about.waves[study.waves[-1]].label
        waves = [(wave, study.about.waves[wave].label) for wave in reversed(study.waves[:-1])]
        others = [(one.slug, one.head.title) for one in study.recommendations if one.slug != slug]
        choices: Mapping[str, list[tuple[str, str]]] = {
            "findings": [(one.slug, one.head.title) for one in study.findings],
            "audience": list(study.about.audiences.items()),
            "first_made": [("", f"The newest: {newest}"), *waves],
            "repeats": [("", "None"), *others],
        }
        for name, offered in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offered
        for name, said in EMPTY.items():
            self.fields[name].error_messages["required"] = said
        if slug:
            del self.fields["slug"]

    def head(self) -> dict[str, Any]:
        """As the act takes it."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("slug", "text")}
        return {name: value.replace("\r\n", "\n").strip() if isinstance(value, str) else value for name, value in said.items()}

    def prose(self) -> str:
        """Why it is made."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()


def as_initial(one: Recommendation) -> dict[str, Any]:
    """A recommendation as its form begins."""
    return one.head.model_dump(exclude={"order", "statuses"}) | {"text": one.body.text}


class StatusForm(forms.Form):
    """What became of a recommendation by the time of a wave."""

    status = forms.ChoiceField(label="Status", choices=[(one, NOW[one].capitalize()) for one in STATUSES])
    note = forms.CharField(label="What is known of it", max_length=10_000, required=False, widget=LINES)
    rests_on = forms.CharField(label="What shows it", help_text=GROUNDS, max_length=10_000, required=False, widget=LINES)

    def grounds(self) -> list[Any]:
        """Names, and passages as JSON, one a line."""
        lines = (line.strip() for line in str(self.cleaned_data["rests_on"]).splitlines())
        return [json.loads(line) if line.startswith("{") else line for line in lines if line]

    def clean_rests_on(self) -> str:
        """Lines that can be read."""
        written = str(self.cleaned_data["rests_on"])
        try:
            [json.loads(line) for line in map(str.strip, written.splitlines()) if line.startswith("{")]
        except ValueError:
            raise forms.ValidationError("Write a name on each line.") from None
        return written


def written_grounds(grounds: list[Any]) -> str:
    """Grounds as the form has them."""
    return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in grounds)
