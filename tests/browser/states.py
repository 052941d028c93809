"""Every state of every page: whose browser, and which address. A route that can be looked at must have a state here."""

from dataclasses import dataclass
from typing import Literal

from casereview.casebook.models import Event, Memo
from casereview.workbench import team
from casereview.workbench.models import Account

Whose = Literal["reader", "coder", "adjudicator", "output-checker", "lead", "second", "new", "anyone"]
"""new: has no second factor yet."""


@dataclass(frozen=True)
class State:
    """A page as somebody meets it. press: a button to press first, nothing filled in."""

    route: str
    whose: Whose
    address: str
    press: str = ""


LISTENING = "r0.what=code&r0.code=listening"
FORMS = ("qdpx", "qdc", "jsonld", "csv")

NOT_PAGES = frozenset(
    {
        "find-open",
        "marks-now",
        "answers-now",
        "settled-now",
        "code-passage",
        "page-image",
        "page-map",
        "mfa_authenticate",
        "account_inactive",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    }
)
"""Routes whose answer to GET is no page, or one that needs more than an address: tests/browser/test_sign_in.py goes there."""


def states(accounts: dict[str, Account]) -> list[State]:
    """All of them, for the study of `house.work`."""
    memo = Memo.objects.get(about="case", key="A").pk
    event = Event.objects.filter(source="police", current=True).latest("pk").name
    unseen = Event.objects.get(source="health-visiting", current=True).name
    invitation = team.invite(by=accounts["lead"], email="new@example.org", role="coder")
    again = team.let_in_again(by=accounts["lead"], of=accounts["output-checker"])
    return [
        State("account_login", "anyone", "/account/login/"),
        State("account_login", "anyone", "/account/login/", press="Sign in"),
        State("invited", "anyone", f"/invited/{invitation}/"),
        State("invited", "anyone", f"/invited/{invitation}/", press="Join"),
        State("invited", "anyone", f"/invited/{again}/"),
        State("invited", "anyone", "/invited/gone/"),
        State("account_logout", "coder", "/account/logout/"),
        State("account_reauthenticate", "coder", "/account/reauthenticate/?next=/"),
        State("account_reauthenticate", "coder", "/account/reauthenticate/?next=/", press="Continue"),
        State("mfa_reauthenticate", "coder", "/account/2fa/reauthenticate/?next=/"),
        State("mfa_reauthenticate_webauthn", "coder", "/account/2fa/webauthn/reauthenticate/?next=/"),
        State("account_change_password", "coder", "/account/password/change/"),
        State("account_change_password", "coder", "/account/password/change/", press="Change the password"),
        State("mfa_index", "coder", "/account/2fa/"),
        State("mfa_index", "new", "/account/2fa/"),
        State("mfa_activate_totp", "new", "/account/2fa/totp/activate/"),
        State("mfa_activate_totp", "new", "/account/2fa/totp/activate/", press="Continue"),
        State("mfa_deactivate_totp", "coder", "/account/2fa/totp/deactivate/"),
        State("mfa_generate_recovery_codes", "coder", "/account/2fa/recovery-codes/generate/"),
        State("mfa_view_recovery_codes", "coder", "/account/2fa/recovery-codes/generate/", press="Make new codes"),
        State("mfa_view_recovery_codes", "coder", "/account/2fa/recovery-codes/"),
        State("mfa_list_webauthn", "coder", "/account/2fa/webauthn/"),
        State("mfa_add_webauthn", "coder", "/account/2fa/webauthn/add/"),
        State("usersessions_list", "coder", "/account/sessions/"),
        State("home", "coder", "/"),
        State("home", "adjudicator", "/"),
        State("help", "reader", "/help/"),
        State("cases", "coder", "/cases/"),
        State("cases", "coder", "/cases/?q=nothing"),
        State("case", "coder", "/cases/A/"),
        State("case", "reader", "/cases/B/"),
        State("case-pathway", "coder", "/cases/A/pathway/"),
        State("case-pathway", "reader", "/cases/B/pathway/"),
        State("case-system", "coder", "/cases/A/system/"),
        State("case-system", "reader", "/cases/B/system/"),
        State("study-pathways", "coder", "/study/pathways/?by=outcome"),
        State("study-link", "coder", "/study/pathways/violence/not-seen/"),
        State("study-systems", "coder", "/study/systems/"),
        State("study-behind", "coder", "/study/systems/not-asked/caseload/"),
        State("chronology", "lead", "/cases/D/chronology/"),
        State("chronology", "coder", "/cases/D/chronology/?from=spring&agency=gp"),
        State("chronology", "reader", "/cases/C/chronology/"),
        State("event", "coder", f"/cases/D/chronology/events/{event}/"),
        State("event-mend", "coder", f"/cases/D/chronology/events/{event}/mend/"),
        State("event-new", "coder", "/cases/D/chronology/events/new/"),
        State("event-new", "coder", "/cases/D/chronology/events/new/", press="Save"),
        State("event-doubles", "adjudicator", "/cases/D/chronology/doubles/"),
        State("questions", "coder", "/cases/D/questions/"),
        State("questions", "reader", "/cases/C/questions/"),
        State("question", "coder", f"/cases/D/questions/not-seen/{unseen}/"),
        State("question", "coder", f"/cases/D/questions/not-seen/{unseen}/", press="Save the answer"),
        State("question", "reader", f"/cases/D/questions/not-seen/{unseen}/"),
        State("practice", "coder", "/study/practice/"),
        State("practice", "lead", "/study/practice/?question=not-seen&which=asked"),
        State("form", "coder", "/cases/B/form/"),
        State("form", "coder", "/cases/B/form/", press="Finish this case"),
        State("form", "coder", "/cases/A/form/"),
        State("form", "lead", "/cases/A/form/"),
        State("form-evidence", "coder", "/cases/B/form/evidence/?unit=case&record=B&variable=plan"),
        State("adjudication", "adjudicator", "/cases/A/adjudication/"),
        State("adjudication", "adjudicator", "/cases/B/adjudication/"),
        State("assignments", "lead", "/assignments/"),
        State("assignments", "lead", "/assignments/", press="Assign"),
        State("reader", "coder", "/documents/review-A/"),
        State("reader", "reader", "/documents/review-D/"),
        State("passages", "coder", "/passages/review-A/"),
        State("themes", "coder", "/themes/"),
        State("theme", "coder", "/themes/code/listening/"),
        State("theme-history", "coder", "/themes/history/"),
        State("theme-add", "coder", "/themes/new/"),
        State("theme-add", "coder", "/themes/new/", press="Add it"),
        *(
            State("theme-change", "coder", f"/themes/code/listening/{deed}/")
            for deed in ("words", "move", "merge", "split", "retire")
        ),
        State("theme-look-again", "coder", "/themes/look-again/"),
        State("memos", "coder", "/memos/"),
        State("memo-change", "coder", f"/memos/{memo}/"),
        State("matrix", "coder", "/matrix/"),
        State("matrix", "lead", "/matrix/?theme=listening"),
        State("matrix-cell", "coder", "/matrix/listening/A/"),
        State("matrix-cell", "reader", "/matrix/listening/B/"),
        State("find-passages", "coder", "/find/"),
        State("find-passages", "lead", f"/find/?{LISTENING}"),
        State("find-together", "coder", "/find/together/"),
        State("find-by-answer", "coder", "/find/by-answer/"),
        State("find-by-answer", "coder", "/find/by-answer/?variable=outcome"),
        State("find-words", "coder", "/find/words/"),
        State("find-words", "coder", "/find/words/?words=child"),
        State("find-change", "coder", "/find/saved/change/?kind=find-passages&by=a-coder&name=What+was+heard"),
        State("findings", "coder", "/study/findings/"),
        State("recommendations", "lead", "/study/recommendations/"),
        State("recommendations", "reader", "/study/recommendations/?status=dropped"),
        State("recommendation", "lead", "/study/recommendations/see/"),
        State("recommendation", "lead", "/study/recommendations/ask/"),
        State("recommendation", "reader", "/study/recommendations/ask-alone/"),
        State("recommendation-add", "lead", "/study/recommend/"),
        State("recommendation-add", "lead", "/study/recommend/", press="Save"),
        State("recommendation-change", "lead", "/study/recommendations/see/change/"),
        State("recommendation-status", "lead", "/study/recommendations/ask/w2/"),
        State("exports", "lead", "/exports/"),
        State("import-project", "lead", "/exports/import/"),
        *(State("export", "lead", f"/exports/{form}/") for form in FORMS),
        State("log", "lead", "/log/"),
        State("log", "lead", "/log/?q=nothing"),
        State("team", "lead", "/team/"),
        State("team-invite", "lead", "/team/invite/"),
        State("team-invite", "lead", "/team/invite/", press="Make a link"),
        State("member", "lead", "/team/members/a-coder/"),
        State("team", "coder", "/team/"),
        State("home", "coder", "/no/such/page/"),
    ]
