"""Who may do what: one row a route, with the roles that may use each method. What has no row is refused.

A reader looks, a coder records, an adjudicator decides between coders, an output checker lets results leave, and the study lead
runs the study and its team.
"""

from collections.abc import Mapping

ROLES: Mapping[str, str] = {
    "reader": "Reader",
    "coder": "Coder",
    "adjudicator": "Adjudicator",
    "output-checker": "Output checker",
    "lead": "Study lead",
}

ANYONE = frozenset({"anyone"})
"""People who have not signed in, too."""

SIGNED_IN = frozenset({"signed-in"})
"""Everyone who has signed in, before a second factor is set up: what is needed for setting it up."""

TEAM = frozenset(ROLES)
LEAD = frozenset({"lead"})
RECORDING = frozenset({"coder", "adjudicator", "lead"})
LETTING_OUT = frozenset({"output-checker", "lead"})
DECIDING = frozenset({"adjudicator", "lead"})

Rights = Mapping[str, frozenset[str]]

ROUTES: Mapping[str, Rights] = {
    # Sign-in, allauth's own pages
    "account_login": {"GET": ANYONE, "POST": ANYONE},
    "account_logout": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "account_inactive": {"GET": ANYONE},
    "account_reauthenticate": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "account_change_password": {"GET": TEAM, "POST": TEAM},
    "mfa_authenticate": {"GET": ANYONE, "POST": ANYONE},
    "mfa_reauthenticate": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_reauthenticate_webauthn": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_index": {"GET": SIGNED_IN},
    "mfa_activate_totp": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_deactivate_totp": {"GET": TEAM, "POST": TEAM},
    "mfa_view_recovery_codes": {"GET": SIGNED_IN},
    "mfa_generate_recovery_codes": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_list_webauthn": {"GET": SIGNED_IN},
    "mfa_add_webauthn": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "mfa_edit_webauthn": {"GET": TEAM, "POST": TEAM},
    "mfa_remove_webauthn": {"GET": TEAM, "POST": TEAM},
    "usersessions_list": {"GET": TEAM, "POST": TEAM},
    "invited": {"GET": ANYONE, "POST": ANYONE},
    # The study
    "home": {"GET": TEAM},
    "help": {"GET": TEAM},
    "cases": {"GET": TEAM},
    "cases-export": {"POST": LETTING_OUT},
    "save-view": {"POST": TEAM},
    "end-view": {"POST": TEAM},
    "case": {"GET": TEAM},
    # Chronologies
    "chronology": {"GET": TEAM},
    "chronology-export": {"POST": LETTING_OUT},
    "event": {"GET": TEAM},
    "event-new": {"GET": RECORDING, "POST": RECORDING},
    "event-mend": {"GET": RECORDING, "POST": RECORDING},
    "event-end": {"POST": RECORDING},
    "event-undo": {"POST": RECORDING},
    "event-evidence": {"POST": RECORDING},
    "event-doubles": {"GET": TEAM, "POST": RECORDING},
    # What practice.yaml asks of chronologies
    "questions": {"GET": TEAM},
    "question": {"GET": TEAM, "POST": RECORDING},
    "practice": {"GET": TEAM},
    # The form, who codes what, and settling differences
    "form": {"GET": RECORDING, "POST": RECORDING},
    "form-evidence": {"GET": RECORDING, "POST": RECORDING},
    "finish-case": {"POST": RECORDING},
    "add-person": {"POST": RECORDING},
    "remove-person": {"POST": RECORDING},
    "adjudication": {"GET": DECIDING, "POST": DECIDING},
    "assignments": {"GET": DECIDING, "POST": LEAD},
    "unassign": {"POST": LEAD},
    "reopen-case": {"POST": LEAD},
    # What stands now, for pages that are open
    "marks-now": {"GET": TEAM},
    "answers-now": {"GET": RECORDING},
    "settled-now": {"GET": DECIDING},
    # The reader
    "reader": {"GET": TEAM},
    "passages": {"GET": TEAM},
    "page-image": {"GET": TEAM},
    "page-map": {"GET": TEAM},
    "code-passage": {"GET": RECORDING, "POST": RECORDING},
    "coin-code": {"POST": RECORDING},
    "code-area": {"POST": RECORDING},
    "end-areas": {"POST": RECORDING},
    "cite-passage": {"POST": RECORDING},
    "end-codings": {"POST": RECORDING},
    # Themes, memos and the framework matrix
    "themes": {"GET": TEAM},
    "theme": {"GET": TEAM},
    "theme-history": {"GET": TEAM},
    "theme-add": {"GET": RECORDING, "POST": RECORDING},
    "theme-change": {"GET": RECORDING, "POST": RECORDING},
    "theme-look-again": {"GET": RECORDING, "POST": RECORDING},
    "theme-undo": {"POST": RECORDING},
    "theme-take-file": {"POST": LEAD},
    "memos": {"GET": TEAM},
    "memo-write": {"POST": RECORDING},
    "memo-change": {"GET": RECORDING, "POST": RECORDING},
    "memo-end": {"POST": RECORDING},
    "matrix": {"GET": TEAM},
    "matrix-cell": {"GET": TEAM, "POST": RECORDING},
    "matrix-export": {"POST": LETTING_OUT},
    # Pathways and systems
    "case-pathway": {"GET": TEAM, "POST": RECORDING},
    "case-system": {"GET": TEAM, "POST": RECORDING},
    "study-pathways": {"GET": TEAM},
    "study-link": {"GET": TEAM},
    "study-systems": {"GET": TEAM},
    "study-behind": {"GET": TEAM},
    # Finding
    "find-passages": {"GET": TEAM},
    "find-together": {"GET": TEAM},
    "find-by-answer": {"GET": TEAM},
    "find-words": {"GET": TEAM},
    "find-export": {"POST": LETTING_OUT},
    "find-save": {"POST": TEAM},
    "find-open": {"GET": TEAM},
    "find-change": {"GET": TEAM, "POST": TEAM},
    # Findings and recommendations
    "findings": {"GET": TEAM},
    "recommendations": {"GET": TEAM},
    "recommendation": {"GET": TEAM},
    "recommendation-file": {"POST": LETTING_OUT},
    "recommendation-add": {"GET": LEAD, "POST": LEAD},
    "recommendation-change": {"GET": LEAD, "POST": LEAD},
    "recommendation-end": {"POST": LEAD},
    "recommendation-status": {"GET": LEAD, "POST": LEAD},
    "status-clear": {"POST": LEAD},
    # What leaves, and what comes from other programs
    "exports": {"GET": LETTING_OUT},
    "export": {"GET": LETTING_OUT, "POST": LETTING_OUT},
    "import-project": {"GET": LEAD, "POST": LEAD},
    # The log
    "log": {"GET": LEAD},
    "log-check": {"POST": LEAD},
    # The team
    "team": {"GET": LEAD},
    "team-invite": {"GET": LEAD, "POST": LEAD},
    "member": {"GET": LEAD},
    "let-in-again": {"POST": LEAD},
    "withdraw-invitation": {"POST": LEAD},
    "set-role": {"POST": LEAD},
    "end-account": {"POST": LEAD},
}


def allowed(route: str | None, method: str, role: str) -> bool:
    """Whether a role may use a method of a route. role: of the table; `signed-in` without a second factor; else `anyone`."""
    rights = ROUTES.get(route or "", {})
    wanted = rights.get("GET" if method == "HEAD" else method, frozenset())
    reached = {role, "anyone"} | ({"signed-in"} if role != "anyone" else set())
    return bool(wanted & reached)
