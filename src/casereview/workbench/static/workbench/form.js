// Saves each answer as it is given, says so, and moves about by keyboard. Without it the form posts question by question.
const questions = [...document.querySelectorAll(".question")];
const live = document.getElementById("form-live");
const keys = document.getElementById("form-keys");
const PAUSE = 500; // ms after the last arrow key or letter, so that passing over an answer does not record it

const part = (form, name) => form.querySelector(`[data-${name}]`);
const editable = (form) => !("finished" in form.dataset);
const legend = (form) => form.querySelector("legend").textContent;

function say(form, words, wrong = "") {
  part(form, "state").textContent = words;
  part(form, "fault").textContent = wrong;
  part(form, "fault").hidden = !wrong;
  form.classList.toggle("wrong", Boolean(wrong));
  live.textContent = `${legend(form)}: ${wrong || words}`;
}

function show(form, now) {
  form.elements.was.value = now.version;
  form.dataset.applies = now.applies;
  form.dataset.answered = now.answered ? "yes" : "no";
  form.hidden = now.applies === "no" && !now.answered;
  part(form, "maybe").hidden = now.applies !== "unknown";
  part(form, "asks").replaceChildren(...now.asks.map((ask) => Object.assign(document.createElement("li"), { textContent: ask })));
  const needs = part(form, "evidence");
  if (needs) needs.hidden = !now.evidence;
  showChecks(form, now.checks);
  const undo = part(form, "undo");
  if (undo) undo.hidden = !now.version;
  const clear = part(form, "clear");
  if (clear) clear.hidden = !now.answered;
}

function showChecks(form, checks) {
  // What somebody is writing is left alone while the same is asked.
  const list = part(form, "checks"), now = JSON.stringify(checks);
  if (list.dataset.shown === now) return;
  list.dataset.shown = now;
  list.replaceChildren(...checks.map(([check, ask, because]) => {
    const id = `${form.id}-because-${check}`;
    const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: ask });
    const input = Object.assign(document.createElement("input"), { type: "text", className: "because", id, name: `because-${check}` });
    Object.assign(input, { value: because, placeholder: "It is so, because …", autocomplete: "off" });
    const button = Object.assign(document.createElement("button"), { className: "quiet", name: "do", value: `explain:${check}` });
    button.textContent = "Yes, it is so";
    const item = document.createElement("li");
    item.append(label, input, " ", button);
    return item;
  }));
}

function showAll(state) {
  for (const form of questions) if (state.questions[form.id]) show(form, state.questions[form.id]);
  document.getElementById("form-done").textContent = state.done;
  document.getElementById("form-asked").textContent = state.asked;
}

const work = new WeakMap(); // form → { timer, busy, again }
const waiting = new Set(); // forms with something that is not saved yet

function later(form, pause) {
  const mine = work.get(form) ?? {};
  work.set(form, mine);
  clearTimeout(mine.timer);
  waiting.add(form);
  mine.timer = setTimeout(() => save(form), pause);
}

async function save(form) {
  const mine = work.get(form) ?? {};
  work.set(form, mine);
  clearTimeout(mine.timer);
  if (mine.busy) {
    mine.again = true;
    return;
  }
  mine.busy = true;
  say(form, "Saving");
  try {
    await send(form);
  } catch {
    say(form, "", "Not saved: the server could not be reached. Press Save to try again.");
  }
  mine.busy = false;
  if (mine.again) {
    mine.again = false;
    await save(form);
  }
}

async function send(form) {
  const body = new FormData(form);
  const headers = { Accept: "application/json", "X-CSRFToken": body.get("csrfmiddlewaretoken") };
  const answer = await fetch(location.pathname, { method: "POST", body, headers, keepalive: true });
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
    say(form, "", "Not saved: sign in again in another window, then press Save.");
    return;
  }
  const said = await answer.json();
  if (said.refused) {
    say(form, "", said.refused);
    return;
  }
  waiting.delete(form);
  showAll(said);
  say(form, "Saved");
}

function onlyOne(form, changed) {
  // An answer and a reason for none, or an answer and "none of these", do not go together.
  const alone = (one) => "absent" in one.dataset || one.value === "none:";
  const boxes = [...form.querySelectorAll("[name=answer]")];
  const text = [...form.querySelectorAll("input:not([type]), textarea")];
  if (!boxes.includes(changed)) {
    if (text.some((one) => one.value.trim())) for (const one of boxes) one.checked = false;
  } else if (changed.checked) {
    for (const one of boxes) if (one !== changed && (alone(one) || alone(changed))) one.checked = false;
    if (alone(changed)) for (const one of text) one.value = "";
  }
}

function given(form) {
  const written = [...form.querySelectorAll("input:not([type]), textarea")].some((one) => one.value.trim());
  return written || form.querySelector("[name=answer]:checked") !== null;
}

for (const form of questions.filter(editable)) {
  form.addEventListener("change", (event) => {
    onlyOne(form, event.target);
    const dated = event.target.closest(".date");
    if (given(form) && !dated) later(form, event.target.type === "radio" ? PAUSE : 0);
    else if (given(form)) waiting.add(form); // a date is saved once all of it can have been written
  });
  form.addEventListener("focusout", (event) => {
    if (waiting.has(form) && given(form) && !form.contains(event.relatedTarget)) later(form, 0);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter && !("save" in event.submitter.dataset)) {
      waiting.delete(form);
      return;
    }
    event.preventDefault();
    save(form);
  });
}
addEventListener("beforeunload", (event) => {
  for (const form of waiting) save(form);
  if (waiting.size) event.preventDefault();
});

const shown = () => questions.filter((form) => !form.hidden);
const at = () => document.activeElement.closest(".question");

function go(form) {
  if (!form) return;
  const first = form.querySelector("[name=answer]:checked, [name=answer], input:not([type]), textarea");
  (editable(form) ? first : form.querySelector("legend")).focus({ preventScroll: true });
  form.scrollIntoView({ block: "center" });
}

function move(by) {
  const all = shown();
  go(all[Math.min(Math.max(all.indexOf(at()) + by, 0), all.length - 1)]);
}

function nextUnanswered() {
  const all = shown();
  const turned = [...all.slice(all.indexOf(at()) + 1), ...all];
  const saving = (form) => waiting.has(form) && !form.classList.contains("wrong");
  const next = turned.find((form) => form.dataset.applies === "yes" && form.dataset.answered === "no" && !saving(form));
  if (next) go(next);
  else live.textContent = "Everything that applies is answered.";
}

function choose(key) {
  const form = at();
  const found = form && editable(form) && [...form.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
  if (found) found.click();
  return Boolean(found);
}

const MOVES = { n: nextUnanswered, j: () => move(1), k: () => move(-1), "?": () => keys.showModal() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || keys.open) return;
  const writing = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  if (writing && !event.altKey) return;
  const key = event.altKey ? event.code.replace(/^(Key|Digit)/, "").toLowerCase() : event.key;
  if (MOVES[key]) MOVES[key]();
  else if (!choose(key)) return;
  event.preventDefault();
});

// What was answered in another window, as live.js hears it. What is being answered here stays, and is not saved over the other.
document.addEventListener("answers", ({ detail }) => {
  const names = Object.keys(detail.questions);
  if (names.length !== questions.length || questions.some((form) => !names.includes(form.id))) document.dispatchEvent(new Event("outdated"));
  for (const form of questions) if (detail.questions[form.id]) renew(form, detail.questions[form.id], detail.given[form.id]);
  document.getElementById("form-done").textContent = detail.done;
  document.getElementById("form-asked").textContent = detail.asked;
});

function renew(form, now, answered) {
  const was = Number(form.elements.was.value);
  if (now.version < was || work.get(form)?.busy) return; // older than what was saved here
  if (now.version === was) return show(form, now);
  const writing = form.contains(document.activeElement) && document.activeElement.matches("textarea, input:not([type])");
  if (waiting.has(form) || writing) return say(form, "", "This was answered in another window meanwhile. Yours is not saved. Load the page again to see the other answer.");
  for (const one of form.querySelectorAll("[name=answer]")) one.checked = answered.chosen.includes(one.value);
  for (const one of form.querySelectorAll("input:not([type]), textarea")) one.value = answered.date[one.name] ?? answered.text;
  show(form, now);
  say(form, "Answered in another window, and brought up to date here");
}

document.getElementById("form-tools").hidden = false;
document.getElementById("form-next").addEventListener("click", nextUnanswered);
document.getElementById("form-help").addEventListener("click", () => keys.showModal());
document.documentElement.classList.add("saves");
