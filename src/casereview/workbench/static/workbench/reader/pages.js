// Pages as they look: their pictures, fetched when they come near the screen, with the marks drawn over them. What is selected on a
// picture is selected in the text, which stays behind it for the keys and for those who hear the page.

import { hit, lines, read } from "./boxes.js";
import { around } from "./units.js";

const SVG = "http://www.w3.org/2000/svg";
const TOGETHER = 2; // pages fetched at once
const TRIES = 40; // a second apart
const WHOLE = 65534;

function drawn(name, attributes, className) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (className) made.setAttribute("class", className);
  return made;
}

function line(box, at, className) {
  return drawn("line", { x1: box[0], x2: box[2], y1: at, y2: at }, className);
}

// The shapes of a mark of a colour of the stylesheet: its background, and its line, which may be dotted or double.
export function shapes(boxes, colour) {
  const hue = `hue-${colour < 24 ? colour % 8 : "evidence"}`, style = ["solid", "dotted", "double", "dashed"][Math.floor(colour / 8)];
  return boxes.flatMap(box => [
    drawn("rect", { x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1] }, hue),
    line(box, box[3], `${hue} ${style}`),
    ...(style === "double" ? [line(box, box[3] + (box[3] - box[1]) / 5, hue)] : []),
  ]);
}

export class Pages {
  // told: { opened, image(page), where(page): addresses, marks(from, to), colourOf(code), chose(anchor, focus), clicked(unit) }
  constructor(text, reader, told) {
    Object.assign(this, { text, reader, ...told, view: "text", waiting: [], busy: 0, chosen: null, due: new Set() });
    this.sheets = [...reader.querySelectorAll(".sheet[data-page]")].map(element => this.sheet(element));
    this.of = new Map(this.sheets.map(one => [one.element, one]));
    this.near = new IntersectionObserver(seen => seen.forEach(one => this.came(one)), { rootMargin: "100% 0px" });
    reader.addEventListener("focusin", event => this.focused(event.target));
    this.dragging();
  }

  sheet(element) {
    const start = Number(element.dataset.start), page = Number(element.dataset.page);
    return { element, page, start, end: start, picture: null, map: null, state: "none", tries: 0 };
  }

  // Pictures are shown: alone, or beside the text.
  get on() {
    return this.view !== "text";
  }

  show(view) {
    const [first] = this.visible();
    this.view = view;
    this.focused(null);
    this.reader.dataset.view = view;
    this.sheets.forEach((one, place) => {
      one.end = this.sheets[place + 1]?.start ?? this.text.points.at(-1);
      if (this.on && !one.picture) this.frame(one);
      if (this.on) this.near.observe(one.element); else this.near.unobserve(one.element);
    });
    first?.element.scrollIntoView({ block: "start" });
  }

  visible() {
    return this.sheets.filter(({ element }) => {
      const { top, bottom } = element.getBoundingClientRect();
      return bottom > 64 && top < innerHeight;
    });
  }

  frame(sheet) {
    const picture = document.createElement("div"), image = document.createElement("img"), over = drawn("svg", {}, "over");
    picture.className = "picture";
    image.alt = sheet.element.dataset.bare === undefined ? "" : `Page ${sheet.page}, a picture without text`;
    over.setAttribute("viewBox", `0 0 ${WHOLE} ${WHOLE}`);
    over.setAttribute("preserveAspectRatio", "none");
    over.setAttribute("aria-hidden", "true");
    sheet.layers = ["marks", "focus", "chosen", "areas"].map(name => over.appendChild(drawn("g", {}, name)));
    const note = document.createElement("p");
    note.className = "hint";
    note.textContent = "The page is on its way.";
    picture.append(image, over, note);
    Object.assign(sheet, { picture, image, note });
    sheet.element.append(picture);
  }

  came({ target, isIntersecting }) {
    const sheet = this.of.get(target), place = this.waiting.indexOf(sheet);
    if (place >= 0) this.waiting.splice(place, 1);
    if (!isIntersecting || sheet.state === "here" || sheet.state === "busy") return;
    this.waiting.unshift(sheet);
    this.next();
  }

  next() {
    while (this.busy < TOGETHER && this.waiting.length) {
      const sheet = this.waiting.shift();
      this.busy++;
      sheet.state = "busy";
      this.fetch(sheet).catch(() => "again").then(outcome => {
        this.busy--;
        sheet.state = outcome === "again" ? "none" : "here";
        if (outcome === "again" && sheet.tries++ < TRIES) setTimeout(() => this.came({ target: sheet.element, isIntersecting: true }), 1000);
        else if (outcome === "again") sheet.note.textContent = "The page did not come. Load the document again.";
        this.next();
      });
    }
  }

  async fetch(sheet) {
    if (!sheet.map) {
      const answer = await fetch(this.where(sheet.page), { credentials: "same-origin", redirect: "manual" });
      if (answer.status === 503 || answer.type === "opaqueredirect") return "again";
      if (answer.status === 404) return this.noted(sheet, "This page is no longer open. Load the document again.");
      if (answer.status === 409) this.noted(sheet, (await answer.json()).problems.map(one => `${one.cause} ${one.remedy}`).join(" "));
      else this.mapped(sheet, await answer.arrayBuffer());
    }
    sheet.image.src = this.image(sheet.page) + (sheet.tries ? `&try=${sheet.tries}` : "");
    try {
      await sheet.image.decode();
    } catch {
      return sheet.note.classList.contains("fault") ? "here" : "again";
    }
    sheet.picture.dataset.here = "";
    this.draw(sheet);
    return "here";
  }

  noted(sheet, words) {
    sheet.note.textContent = words;
    sheet.note.className = "hint fault";
    return "here";
  }

  mapped(sheet, content) {
    sheet.map = read(content);
    sheet.picture.style.aspectRatio = `${sheet.map.width} / ${sheet.map.height}`;
  }

  // The sheet in which an offset in units stands.
  at(unit) {
    const point = this.text.toPoints(unit);
    return this.sheets.findLast(one => one.start <= point) ?? null;
  }

  // The lines of a part of the text on a sheet.
  boxes(sheet, from, to) {
    if (!sheet.map) return [];
    return lines(sheet.map, Math.max(0, this.text.toPoints(from) - sheet.start), Math.min(sheet.map.count, this.text.toPoints(to) - sheet.start));
  }

  draw(sheet) {
    if (!sheet.map) return;
    const from = this.text.toUnits(sheet.start), to = this.text.toUnits(sheet.end);
    const marks = this.marks(from, to);
    sheet.layers[0].replaceChildren(...marks.flatMap(one => shapes(this.boxes(sheet, one.from, one.to), this.colourOf(one.code))));
    this.part(sheet, 2, this.chosen);
    this.areas?.draw(sheet);
  }

  part(sheet, layer, part) {
    const boxes = part ? this.boxes(sheet, ...part) : [];
    sheet.layers[layer].replaceChildren(...boxes.map(box => drawn("rect", { x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1] })));
  }

  // A mark has come or gone: draw what it touches anew, once.
  touch(from, to) {
    if (!this.on) return;
    if (!this.due.size) requestAnimationFrame(() => { this.due.forEach(one => this.draw(one)); this.due.clear(); });
    const first = this.text.toPoints(from), last = this.text.toPoints(to);
    this.sheets.filter(one => one.map && one.start < last && one.end > first).forEach(one => this.due.add(one));
  }

  redraw() {
    this.sheets.filter(one => one.map).forEach(one => this.draw(one));
  }

  choose(part) {
    if (!this.on) return;
    this.chosen = part;
    this.sheets.filter(one => one.map && (part || one.layers[2].childElementCount)).forEach(one => this.part(one, 2, part));
  }

  focused(target) {
    const place = this.text.places.get(target);
    const part = place === undefined || this.view !== "page" ? null : [this.text.units[place], this.text.units[place + 1]];
    this.sheets.filter(one => one.map && (part || one.layers[1].childElementCount)).forEach(one => {
      const boxes = part ? this.boxes(one, ...part) : [];
      const left = Math.min(...boxes.map(box => box[0])) - 600;
      one.layers[1].replaceChildren(...boxes.slice(0, 1).map(() => drawn("line", { x1: left, x2: left, y1: boxes[0][1], y2: boxes.at(-1)[3] })));
    });
  }

  // Bring a place of the text onto the screen, where only its page is shown. again: once the page has come.
  reveal(unit, centred, again = true) {
    const sheet = this.at(unit);
    if (!sheet) return;
    const { top, height } = sheet.picture.getBoundingClientRect(), [box] = this.boxes(sheet, unit, unit + 1);
    if (!sheet.map && again) this.came({ target: sheet.element, isIntersecting: true });
    if (!box) {
      sheet.element.scrollIntoView({ block: "start" });
      if (again && !sheet.map) setTimeout(() => this.reveal(unit, centred, false), 700);
      return;
    }
    const y = top + height * box[1] / WHOLE, clear = document.querySelector(".reader-bar").getBoundingClientRect().bottom;
    if (centred || y < clear + 8 || y > innerHeight - 48) scrollBy(0, y - innerHeight / 3);
  }

  // The offset in units nearest to a point of the screen; null far from all text.
  unit(x, y) {
    const picture = document.elementFromPoint(x, y)?.closest(".picture"), sheet = picture && this.of.get(picture.parentNode);
    if (!sheet?.map) return null;
    const { left, top, width, height } = picture.getBoundingClientRect();
    const found = hit(sheet.map, (x - left) / width, (y - top) / height);
    return found === null ? null : this.text.toUnits(sheet.start + found);
  }

  dragging() {
    let anchor = null, moved = false;
    this.reader.addEventListener("mousedown", event => {
      if (event.button || !event.target.closest(".picture") || this.areas?.drawing) return;
      const at = this.unit(event.clientX, event.clientY);
      event.preventDefault();
      moved = false;
      anchor = null;
      if (at === null) return this.chose(null);
      if (event.detail > 1) return this.chose(around(this.text, at, event.detail === 2 ? "word" : "paragraph"));
      anchor = event.shiftKey && this.chosen ? this.chosen[at > this.chosen[0] ? 0 : 1] : at;
      this.chose(event.shiftKey ? [anchor, at] : null);
    });
    document.addEventListener("mousemove", event => {
      if (anchor === null || !(event.buttons & 1)) return;
      const at = this.unit(event.clientX, event.clientY);
      if (at === null || (at === anchor && !moved)) return;
      moved = true;
      this.chose([anchor, at]);
    });
    document.addEventListener("mouseup", () => {
      if (anchor !== null && !moved) this.clicked(anchor);
      anchor = null;
    });
  }
}
