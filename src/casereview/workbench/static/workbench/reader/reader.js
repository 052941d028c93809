// The reader: puts the text, the marks in it, the list of passages and the codes together.

import { Areas } from "./areas.js";
import { Coining, Weighing } from "./asking.js";
import { Choosing } from "./choosing.js";
import { Codes } from "./codes.js";
import { Drawing, able } from "./drawing.js";
import { History } from "./history.js";
import { Marks } from "./marks.js";
import { Memos } from "./memos.js";
import { Pages, shapes } from "./pages.js";
import { Passages } from "./passages.js";
import { Saving } from "./saving.js";
import { Search } from "./search.js";
import { Text } from "./text.js";

const $ = id => document.getElementById(id);
const data = JSON.parse($("data").textContent);
const codes = new Codes(data.codes, { tree: $("codes"), only: $("only"), give });
const label = slug => codes.label(slug);

function say(state, message) {
  $("state").dataset.state = state;
  $("state").textContent = message;
  $("try-now").hidden = state !== "waiting";
}

const text = new Text($("text"), data.length);
const drawing = new Drawing(text, slug => codes.colour(slug));
const choosing = new Choosing(text, drawing, words => { $("selected").textContent = `Selected: ${words}`; });
const pages = new Pages(text, $("text"), {
  image: page => address("image", page), where: page => address("map", page),
  marks: (from, to) => marks.at(from, to), colourOf: slug => codes.colour(slug),
  chose: part => part && part[0] !== part[1] ? choosing.select(...part) : choosing.nothing(), clicked: unit => list(unit, unit + 1, false),
});
choosing.pages = pages;
const areas = new Areas(pages, {
  marks: page => marks.all.filter(one => one.box && one.page === page), colourOf: slug => codes.colour(slug), shapes,
  say: words => { $("selected").textContent = words; }, find: () => $("search").focus(), button: $("area-button"),
});
pages.areas = areas;
const saving = new Saving($("addresses").dataset, document.querySelector("#token input").value, say);
const memos = new Memos($("memo"), data);
const passages = new Passages($("passages"), text, {
  codes, jump, takeAway, weigh, memos: mark => data.coding ? memos.on(mark).length : null,
  memo: mark => memos.open(mark, text.slice(mark.from, mark.to)),
});
const marks = new Marks(data, codes, text, drawing, pages, passages, saving, counted);
document.addEventListener("marks", event => marks.others(event.detail)); // what others have marked meanwhile, as live.js hears it
const history = new History((give, take, words) => marks.change(give, take, words), buttons);
const weighing = new Weighing($("weigh"));
let last = null, lastCited = data.wanted || null, made = 0;

function counted(count) {
  $("how-many").textContent = `(${count.toLocaleString("en-GB")})`;
  $("none").hidden = count > 0;
}

// Of a page's picture, or of where its characters stand.
function address(what, page) {
  return `${$("addresses").dataset[what].replace("/0/", `/${page}/`)}?opened=${encodeURIComponent(data.opened)}`;
}

function view(name) {
  pages.show(name);
  document.querySelectorAll("button[data-view]").forEach(one => one.setAttribute("aria-pressed", String(one.dataset.view === name)));
  window.history.replaceState(null, "", name === "text" ? location.pathname : `?view=${name}`);
  pages.choose(choosing.kept);
}

function buttons() {
  if (!data.coding) return;
  $("undo").disabled = !history.past.length;
  $("redo").disabled = !history.future.length;
  $("again").disabled = last === null;
}

function give(slug) {
  if (!data.coding) return;
  if (areas.current) return giveArea(areas.current, slug);
  const { part } = choosing;
  if (!part) return say("refused", "Select a passage of the text first.");
  if (slug.startsWith("evidence/")) lastCited = slug; else last = slug;
  buttons();
  if (marks.own(...part, slug)) return say("saved", `This passage has “${label(slug)}” already.`);
  const code = codes.get(slug), done = weight => history.act([marks.fresh(...part, slug, weight)], [], given(slug, part));
  if (code?.scale) weighing.ask(code, text.slice(...part), null, done); else done(null);
}

function giveArea(area, slug) {
  if (slug.startsWith("evidence/")) return say("refused", "An area cannot be evidence yet. Select words instead.");
  if (marks.ownArea(area, slug)) return say("saved", `This area has “${label(slug)}” already.`);
  const code = codes.get(slug);
  const done = weight => {
    history.act([marks.freshArea(area, slug, weight)], [], `“${label(slug)}” given to an area on page ${area.page}`);
    areas.end();
  };
  last = slug;
  buttons();
  if (code?.scale) weighing.ask(code, `An area of page ${area.page}`, null, done); else done(null);
}

function given(slug, [from]) {
  const page = text.page(from);
  return `${slug.startsWith("evidence/") ? label(slug) + ":" : `“${label(slug)}” given to`} a passage${page ? ` on page ${page}` : ""}`;
}

// Another weight for a mark that stands.
function weigh(mark) {
  weighing.ask(codes.get(mark.code), text.slice(mark.from, mark.to), mark.weight, weight => {
    if (weight === mark.weight) return;
    const anew = mark.box ? marks.freshArea(mark, mark.code, weight) : marks.fresh(mark.from, mark.to, mark.code, weight);
    history.act([anew], [mark], `“${label(mark.code)}” weighed anew`);
  });
}

// A new code for what is selected.
function coin() {
  const { part } = choosing;
  if (!part) return say("refused", "Select the words of the new code first.");
  coining.ask(text.slice(...part), codes);
}

function coinNow(words, under) {
  const part = choosing.kept, slug = `new-code-${++made}`;
  codes.put(slug, [words, 0, "", false, null, under]); // until the server has named it
  history.act([marks.fresh(...part, slug, null, { label: words, under })], [], given(slug, part));
  choosing.back();
}

function takeAway(mark) {
  history.act([], [mark], `“${label(mark.code)}” taken away`);
}

function jump(mark) {
  if (mark.box) {
    if (!pages.on) view("page");
    return areas.reveal(mark);
  }
  choosing.select(mark.from, mark.to);
  choosing.ends = [mark.to, mark.from]; // its beginning is what is shown
  choosing.show(true);
  choosing.ends = [mark.from, mark.to];
}

// From the text to the list: what is marked where the selection or the click is.
function list(from, to, focused) {
  const here = marks.at(from, to), item = passages.point(here);
  if (here.length) say("", `Marked here: ${here.map(one => `“${label(one.code)}” by ${one.own ? "you" : one.who}`).join(", ")}.`);
  else if (focused) say("", "Nothing is marked here.");
  if (focused) item?.firstElementChild.focus();
}

function keys(event) {
  const typing = event.target.closest("input, select, textarea"), inText = $("text").contains(event.target) || event.target === document.body;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z" && !typing?.value && data.coding) {
    event.preventDefault();
    return event.shiftKey ? history.redo() : history.undo();
  }
  if (typing || document.querySelector("dialog[open]")) return;
  if (event.key === "?") return $("help").showModal();
  if (inText) keysInText(event);
}

function keysInText(event) {
  if (choosing.move(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { part } = choosing;
  if (event.key === "Escape" && part) choosing.nothing();
  else if (event.key === "Enter" && part) {
    event.preventDefault(); // or the key would press what gets the focus
    list(...part, true);
  } else if (event.key === "+" && data.coding) {
    event.preventDefault();
    coin();
  } else if (event.key === "=" && data.coding) {
    if (lastCited === null) say("", "Choose a question first: type a few of its letters."); else give(lastCited);
  } else if (event.key === "." && data.coding) {
    if (last === null) say("", "No code has been given yet."); else give(last);
  } else if (/^[\p{L}\p{N}]$/u.test(event.key) && data.coding) $("search").focus(); // the letter then goes there
}

const coining = data.coding ? new Coining($("coin"), coinNow) : null;
if (data.coding) {
  new Search($("search"), $("found"), () => codes.given, give, () => choosing.back());
  $("cite-button")?.addEventListener("click", () => give(lastCited));
  $("area-button")?.addEventListener("click", () => {
    if (areas.drawing) return areas.end();
    if (!pages.on) view("page");
    areas.begin();
  });
  $("coin-button").addEventListener("click", coin);
  $("undo").addEventListener("click", () => history.undo());
  $("redo").addEventListener("click", () => history.redo());
  $("again").addEventListener("click", () => give(last));
}
document.addEventListener("keydown", keys);
$("text").addEventListener("click", event => {
  const { isCollapsed, focusNode, focusOffset } = getSelection();
  const at = isCollapsed && event.target.closest("p") && $("text").contains(focusNode) ? text.offset(focusNode, focusOffset) : null;
  if (at !== null) list(at, at + 1, false);
});
document.querySelectorAll("button[data-view]").forEach(one => one.addEventListener("click", () => view(one.dataset.view)));
document.addEventListener("selectionchange", () => pages.choose(choosing.kept));
$("only").addEventListener("change", () => { passages.only = $("only").value; marks.list(); });
$("help-button").addEventListener("click", () => $("help").showModal());
$("try-now").addEventListener("click", () => saving.now());
$("no-highlights").hidden = able;
buttons();
requestAnimationFrame(() => setTimeout(() => { // the text is there first
  marks.draw();
  const wanted = new URLSearchParams(location.search).get("view");
  if (document.querySelector(`button[data-view="${CSS.escape(wanted ?? "")}"]`)) view(wanted);
  const at = /^(\d{1,9})-(\d{1,9})$/.exec(new URLSearchParams(location.search).get("at") ?? ""); // where a link leads, in code points
  const [from, to] = at ? at.slice(1).map(one => text.toUnits(Math.min(Number(one), data.length))) : [0, 0];
  if (from < to) {
    jump({ from, to });
    list(from, to, false);
  }
  document.documentElement.dataset.reader = "ready";
}));
