"""Audit events in words, for those who want to know what changed."""

import json
from dataclasses import dataclass
from datetime import datetime

from casereview.casebook.models import AuditEvent
from casereview.workbench.visibility import PEOPLE

_WORDS = {
    "take-in-cases": "took in rows of cases",
    "take-in-people": "took in rows of people",
    "withdraw-records": "withdrew rows that a source no longer holds",
    "take-in-marks": "took in passages marked in another program",
    "take-in-memos": "took in memos written in another program",
    "take-in-documents": "took in documents",
    "withdraw-documents": "withdrew documents that a source no longer holds",
    "mark-passages": "marked passages",
    "withdraw-marks": "withdrew marks",
    "take-in-events": "took in events of chronologies",
    "withdraw-events": "withdrew events that a source no longer holds",
    "record-event": "entered an event",
    "mend-event": "mended an event",
    "end-event": "took an event out of a chronology",
    "undo-event": "took back a change of an event",
    "join-events": "said that two events are the same",
    "part-events": "said that two events are not the same",
    "unjudge-events": "took back what was said of two events",
    "cite-event": "chose passages that tell of an event",
    "read-document": "read a document",
    "read-passages": "read passages of documents",
    "save-query": "saved a query",
    "change-query": "changed a saved query",
    "end-query": "ended a saved query",
    "code-passage": "gave a passage codes",
    "uncode": "took codes away",
    "code-area": "gave an area of a page codes",
    "uncode-area": "took codes of areas away",
    "draw-part": "drew a part of a pathway or of a map",
    "end-part": "took away a part of a pathway or of a map",
    "look-at": "looked at a case's pathway or system",
    "place-parts": "put the parts of a map in order",
    "take-in-maps": "took in pathways and maps from tables",
    "withdraw-maps": "withdrew parts that a source no longer holds",
    "answer-question": "answered a question of a chronology",
    "settle-sample": "drew a sample",
    "freeze-release": "made a release",
    "add-code": "added a code",
    "add-codes": "added codes",
    "rename-code": "gave a code another label",
    "define-code": "changed the words of a code",
    "move-code": "moved a code",
    "merge-code": "merged a code into another",
    "split-code": "split a code",
    "retire-code": "retired a code",
    "undo-change": "took back a change of the codes",
    "take-themes-file": "took the codes of themes.yaml",
    "look-again": "looked again at passages whose code had changed",
    "write-memo": "wrote a memo",
    "change-memo": "changed a memo",
    "end-memo": "ended a memo",
    "summarise": "summed up a case on a theme",
    "let-out": "took a file out",
    "record-recommendation": "recorded a recommendation",
    "end-recommendation": "took a recommendation back",
    "record-status": "recorded what became of a recommendation",
    "clear-status": "took a recommendation’s status back",
    "assign": "assigned cases",
    "unassign": "took a case from a coder",
    "reopen-case": "opened a finished case again",
    "record-answer": "answered a question of a case",
    "explain": "said why unlikely answers are so",
    "clear-answer": "took an answer back",
    "cite": "chose evidence for an answer",
    "cite-words": "marked a passage as evidence for an answer, or no longer",
    "add-person": "added a person to a case",
    "remove-person": "took a person away from a case",
    "finish-case": "finished a case",
    "adjudicate": "settled a difference",
    "invite": "invited somebody",
    "join": "joined the team",
    "let-in-again": "gave a new link to somebody who was locked out",
    "come-back": "chose a new password",
    "withdraw-invitation": "withdrew an invitation",
    "set-role": "changed a role",
    "end-account": "ended an account",
    "sign-in": "signed in",
    "sign-out": "signed out",
    "sign-in-failed": "failed to sign in",
    "second-factor-added": "set up a second factor",
    "second-factor-removed": "removed a second factor",
}


_OBJECTS = ("case", "source", "sample", "release", "recommendation", "of", "email")
"""The keys of an event's detail that name what it was done to."""


READING = frozenset(
    {
        *("read-document", "read-passages", "save-query", "end-query"),
        *("sign-in", "sign-out", "sign-in-failed", "second-factor-added", "second-factor-removed"),
    }
)
"""Acts that change nothing of the study."""


@dataclass(frozen=True)
class Told:
    """One event as a line: who, what, when, of what."""

    at: datetime
    by: str
    what: str
    of: str


def told(event: AuditEvent) -> Told:
    """An event in words; an act without words of its own is said by its name."""
    detail = json.loads(event.detail)
    of = next((str(detail[key]) for key in _OBJECTS if detail.get(key) and detail[key] not in PEOPLE), "")
    return Told(datetime.fromisoformat(event.at), event.by, words_of(event.act), of)


def words_of(act: str) -> str:
    """What an act is called, as in: she …"""
    return _WORDS.get(act, act.replace("-", " "))
