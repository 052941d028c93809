"""X1, Q1, A5: words that would run stand wherever words of people can stand, on every page that shows them, and do nothing."""

from casereview.casebook.acts import memos, queries, summaries, themes
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.events import EventRow, take_in_events
from casereview.casebook.models import Case, Passage
from casereview.documents import text_of_sections
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from casereview.study.themes import Theme
from casereview.workbench.find.asks import CodeRow, Passages
from casereview.workbench.headers import POLICY
from casereview.workbench.models import Account
from tests.browser import house
from tests.browser.states import states
from tests.security.payloads import PAYLOADS
from tests.unit.workbench.conftest import member

pytestmark = house.NEEDS_CHROMIUM
MANY = 60
"""Payloads a code, a case, a query and a person have as name: each of them has five."""

LISTENS = """addEventListener('securitypolicyviolation', event => console.log('policy: ' + event.violatedDirective))"""
KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
  window.ran ?? 0, document.cookie.length,
]"""


def fives() -> list[str]:
    """The payloads in sixties, five at a time."""
    return [" ".join(PAYLOADS[place::MANY]) for place in range(MANY)]


def planted() -> None:
    """All of them in every place where the words of people or of their files are shown."""
    study, by = house.the_study(), "a-coder"
    text = text_of_sections([("Text", "\n".join(PAYLOADS))])
    papers = [
        NewDocument(f"hostile-{n}", "B", title, "0", text if n == 0 else text_of_sections([("Text", title)]))
        for n, title in enumerate(fives())
    ]
    take_in_documents(by="kim", source="d", documents=papers)
    quoted = Passage.objects.filter(text__document__key="review-A").first()
    assert quoted is not None
    for number, words in enumerate(PAYLOADS):
        start = text.text.index(words)
        house.code(study, by, "hostile-0", text.text[start : start + len(words)]) if number < MANY else None
        about = (
            ("case", "B"),
            ("document", "hostile-0"),
            ("passage", str(quoted.pk)),
            ("code", "listening"),
            ("value", "case/plan/B"),
        )
        memos.write_memo(by=by, about=about[number % 5][0], key=about[number % 5][1], text=words)
    for number, words in enumerate(fives()):
        queries.save_query(
            by=by,
            name=words[:200],
            kind="find-passages",
            asks=Passages(rows=(CodeRow(code="listening"),)).model_dump(mode="json"),
            shared=True,
        )
        Case.objects.create(key=words[:400] + str(number), wave="w1")
        Account.objects.filter(handle="another-coder").update(name=words[:200])
    tree = {
        f"hostile-{n}": {"label": words[:200], "definition": words, "include": words, "exclude": words, "example": words}
        for n, words in enumerate(fives())
    }
    for code, said in tree.items():
        themes.add_code(by=by, study=study, code=code, theme=Theme.model_validate(said))
    for theme in ("listening", "hostile-1"):
        summaries.summarise(by=by, case="B", theme=theme, text="\n\n".join(PAYLOADS), passages=[], seen=0)
    a_call = Happened(spanned("2001-02"), PAYLOADS[0][:40], "police", "call", (), "\n".join(PAYLOADS), {"action": [PAYLOADS[1]]})
    take_in_events(by="kim", source="police", rows=[EventRow("B", a_call, f"{PAYLOADS[2]}, row 2")])
    house.give(study, by, "B", "note", ["\n".join(PAYLOADS)[:19_000]])


def test_there_are_three_hundred_of_them_and_no_two_alike():
    assert len(set(PAYLOADS)) >= 300


def test_a_page_that_took_them_for_its_own_would_be_heard_of(browser, address):
    watch = house.Watch(browser, address, None)
    watch.context.add_init_script(LISTENS)
    body = "<!doctype html><title>x</title>" + PAYLOADS[0]
    watch.page.route(
        "**/naive/",
        lambda asked: asked.fulfill(body=body, headers={"Content-Security-Policy": POLICY, "Content-Type": "text/html"}),
    )
    watch.go("/naive/")
    assert [one for one in watch.said if "policy: script-src" in one]
    watch.context.close()


def test_nothing_runs_leaves_or_stays_on_any_page(browser, address):
    accounts = house.a_team()
    house.work()
    planted()
    every = states(accounts)
    more = [
        "/documents/hostile-0/",
        "/passages/hostile-0/",
        "/themes/code/hostile-1/",
        "/themes/code/hostile-1/words/",
        "/matrix/hostile-1/B/",
    ]
    more += ["/matrix/?theme=hostile-1&theme=listening", "/find/?r0.what=code&r0.code=listening", "/find/words/?words=script"]
    more += [f"/memos/?page={page}" for page in range(1, 8)] + [
        "/cases/?page=2",
        "/cases/B/form/",
        "/cases/B/",
        "/cases/B/chronology/",
    ]
    accounts["new"] = member("coder", "New here")
    for whose in sorted({one.whose for one in every}):
        watch = house.Watch(browser, address, accounts.get(whose))
        watch.context.add_init_script(LISTENS)
        if whose == "new":
            house.without_second_factor(accounts["new"])
        for path in dict.fromkeys(
            [one.address for one in every if one.whose == whose] + (more if whose in ("coder", "lead") else [])
        ):
            page = watch.go(path)
            page.mouse.move(640, 400)
            assert page.evaluate(KEPT) == [0, 0, 0, 0, 0, 0], path
            assert watch.said == [], path
        watch.context.close()
