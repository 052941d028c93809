// What others do appears without reloading. Every few seconds, while the page is seen, it asks whether what it shows has changed,
// and says what it has; the server answers 204 while that is the same. Nobody's typing, choosing or place in the page is disturbed:
// where something would be, the page says that it has changed, and waits.

const FIRST = 4000, MOST = 20000, SLOWER = 1.2; // milliseconds
const { live, livePart } = document.body.dataset;
const main = document.getElementById("main"), place = document.getElementById("live");
const address = livePart ?? location.href;
let has = live || "nothing", wait = FIRST, timer = 0, stands;

function element(name, text, more = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, more);
}

function tell(words, deed, act) {
  if (place.textContent.startsWith(words)) return;
  const button = element("button", deed, { type: "button", className: "quiet" });
  button.addEventListener("click", act);
  const told = element("p", `${words} `);
  told.append(button);
  place.replaceChildren(told);
}

const reload = () => location.reload();

function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  const asked = new XMLHttpRequest(); // it reads a page into a document, which no script and no policy of ours need be asked for
  asked.open("GET", address);
  asked.responseType = livePart ? "json" : "document";
  asked.setRequestHeader("Casereview-Has", has);
  asked.addEventListener("load", () => answered(asked));
  asked.addEventListener("error", () => later(MOST));
  asked.send();
}

function later(pause) {
  wait = pause;
  timer = setTimeout(ask, wait);
}

function answered(asked) {
  if (asked.status === 204) return later(Math.min(wait * SLOWER, MOST));
  const now = asked.getResponseHeader("Casereview-Is");
  if (asked.status >= 500) return later(MOST);
  if (!now) return tell("This page is no longer kept up to date: you have been signed out, or may no longer see it.", "Load it again", reload);
  has = now;
  if (livePart) part(asked.response); else page(asked.response);
  later(FIRST);
}

// The reader and the form put the parts in place themselves.
function part(now) {
  if (stands !== undefined && JSON.stringify(now.stands) !== JSON.stringify(stands)) changed();
  stands = now.stands;
  for (const what of ["marks", "answers"]) if (now[what]) document.dispatchEvent(new CustomEvent(what, { detail: now[what] }));
}

function changed() {
  tell("This page has changed since you opened it.", "Show the changes", reload);
}

function page(fresh) {
  const put = () => {
    replace(fresh);
    place.replaceChildren();
  };
  if (ownScript() || disturbed()) tell("Others have changed what this page shows.", "Show the changes", ownScript() ? reload : put);
  else put();
}

const ownScript = () => [...document.querySelectorAll("head script")].some(one => !/(menu|live)[^/]*\.js$/.test(one.src));

function disturbed() {
  const typed = one => one.type === "checkbox" || one.type === "radio" ? one.checked !== one.defaultChecked
    : one.tagName === "SELECT" ? [...one.options].some(each => each.selected !== each.defaultSelected) && one.selectedIndex > 0
    : one.value !== one.defaultValue;
  const selection = getSelection(), focus = document.activeElement;
  return !selection.isCollapsed || main.querySelector("dialog[open]") !== null
    || (main.contains(focus) && focus.matches("input, select, textarea"))
    || [...main.querySelectorAll("input:not([type=hidden]), select, textarea")].some(typed);
}

const name = one => one.id || one.getAttribute("href") || one.textContent.trim();
const openOnes = () => new Set([...main.querySelectorAll("details[open] > summary")].map(name));

function replace(fresh) {
  const { activeElement: focus } = document, opened = openOnes(), kept = main.querySelectorAll(":scope > .messages");
  const nodes = [...fresh.getElementById("main").childNodes].filter(one => !one.classList?.contains("messages"));
  const again = main.contains(focus) && focus !== main ? [focus.tagName, name(focus)] : null;
  main.replaceChildren(...kept, ...nodes.map(one => document.importNode(one, true)));
  for (const one of main.querySelectorAll("details > summary")) if (opened.has(name(one))) one.parentNode.open = true;
  if (again) [...main.querySelectorAll(again[0])].find(one => name(one) === again[1])?.focus({ preventScroll: true });
}

document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
document.addEventListener("outdated", changed);
timer = setTimeout(ask, livePart ? FIRST / 4 : FIRST);
