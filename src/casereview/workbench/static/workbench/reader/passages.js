// The list of passages beside the text: what the highlights say, for everyone. Built while nothing else is to be done.

import { inSlices } from "./idle.js";

const QUOTE = 300; // characters shown of a passage

// By place, areas of a page from its top; then by code.
export function order(one, other) {
  const higher = one.box && other.box ? other.box[3] - one.box[3] || one.box[0] - other.box[0] : 0;
  return one.from - other.from || one.to - other.to || higher || (one.code < other.code ? -1 : Number(one.code > other.code));
}

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export class Passages {
  // told: { codes, jump(mark), takeAway(mark), weigh(mark), memo(mark), memos(mark): how many; null for nobody to write any }
  constructor(list, text, told) {
    Object.assign(this, { list, text, ...told });
    this.items = new Map();
    this.only = "";
    this.stop = () => {};
    list.addEventListener("click", event => this.clicked(event));
    list.addEventListener("keydown", event => this.pressed(event));
  }

  show(marks, done) {
    this.stop();
    this.items.clear();
    this.list.replaceChildren();
    const shown = marks.filter(one => this.shows(one));
    this.stop = inSlices(shown, one => { if (!one.gone && !this.items.has(one)) this.place(one); }, done);
  }

  // Whether it is among those chosen: all, those of a code, or evidence.
  shows({ code }) {
    return !this.only || code === this.only || (this.only === "evidence" && code.startsWith("evidence/"));
  }

  place(mark) {
    const item = element("li");
    const words = mark.box ? "An area of the page" : this.text.slice(mark.from, Math.min(mark.to, mark.from + QUOTE)) + (mark.to > mark.from + QUOTE ? "…" : "");
    const code = this.codes.get(mark.code), page = mark.page ?? this.text.page(mark.from);
    const button = element("button", "passage");
    button.type = "button";
    button.append(element("span", `swatch swatch-${code ? code.colour : 0}`, "ab"), element("b", "", code ? code.label : mark.code));
    button.firstChild.setAttribute("aria-hidden", "true");
    const who = mark.own ? "you" : mark.who;
    const weight = mark.weight === null ? "" : `, weight ${code?.scale?.find(([one]) => one === mark.weight)?.[1] ?? mark.weight}`;
    button.append(element("span", "by", `${weight}${page ? `, page ${page}` : ""}, by ${who}`), element(mark.box ? "i" : "q", "", words));
    item.append(button);
    const of = `${code ? code.label : mark.code}: ${words.slice(0, 60)}`;
    if (mark.own && code?.scale) item.append(this.deed("weigh", mark.weight === null ? "Weigh" : "Another weight", of));
    const memos = mark.box ? null : this.memos(mark);
    if (memos !== null) item.append(this.deed("memo", memos ? `Memos (${memos})` : "Memo", of));
    if (mark.own) item.append(this.deed("away", "Take away", of));
    item.mark = mark;
    this.items.set(mark, item);
    this.list.insertBefore(item, this.following(mark));
  }

  deed(name, words, of) {
    const made = element("button", `plain ${name}`, words);
    made.type = "button";
    made.append(element("span", "unseen", ` ${of}`));
    return made;
  }

  // The item before which a mark belongs; null at the end.
  following(mark) {
    const { children, lastElementChild } = this.list;
    if (!lastElementChild || order(lastElementChild.mark, mark) < 0) return null;
    let low = 0, high = children.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(children[middle].mark, mark) < 0) low = middle + 1; else high = middle;
    }
    return children[low] ?? null;
  }

  add(mark) {
    if (!this.items.has(mark) && this.shows(mark)) this.place(mark);
  }

  remove(mark) {
    const item = this.items.get(mark);
    if (!item) return;
    const near = item.nextElementSibling ?? item.previousElementSibling;
    if (item.contains(document.activeElement)) near?.firstElementChild.focus();
    item.remove();
    this.items.delete(mark);
  }

  // Mark those that stand at a place of the text; gives the first.
  point(marks) {
    this.list.querySelectorAll("[aria-current]").forEach(one => one.removeAttribute("aria-current"));
    const items = marks.map(one => this.items.get(one)).filter(Boolean);
    items.forEach(one => one.setAttribute("aria-current", "true"));
    if (items.length) {
      const list = this.list.closest(".side-passages"), item = items[0];
      list.scrollTop += item.getBoundingClientRect().top - list.getBoundingClientRect().top - list.clientHeight / 3;
    }
    return items[0] ?? null;
  }

  clicked(event) {
    const item = event.target.closest("li"), button = event.target.closest("button");
    if (!item || !button) return;
    if (button.classList.contains("away")) this.takeAway(item.mark);
    else if (button.classList.contains("memo")) this.memo(item.mark);
    else if (button.classList.contains("weigh")) this.weigh(item.mark);
    else this.jump(item.mark);
  }

  pressed(event) {
    const item = event.target.closest("li");
    if (!item) return;
    const other = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling }[event.key];
    if (other) {
      event.preventDefault();
      other.firstElementChild.focus();
    }
    if (event.key === "Delete" && item.mark.own) this.takeAway(item.mark);
  }
}
