// What is selected in the text, by mouse or keys: [anchor, focus] in UTF-16 units, kept while the focus is in the search.

import { extended, next, previous } from "./units.js";

const MOVES = {
  ArrowRight: ["word", true], ArrowLeft: ["word", false], ArrowDown: ["sentence", true], ArrowUp: ["sentence", false],
};
const TOLD = 120; // characters of a selection that are said

export class Choosing {
  constructor(text, drawing, say) {
    Object.assign(this, { text, drawing, say, ends: null });
    if (text.paragraphs.length) text.paragraphs[0].tabIndex = 0;
    this.stop = text.paragraphs[0];
    document.addEventListener("selectionchange", () => this.read());
  }

  // The selection as [from, to] without white space around it; null if there is none.
  get part() {
    this.read(); // the page may not have been told of a change yet
    return this.kept;
  }

  get kept() {
    if (!this.ends) return null;
    const part = this.text.trimmed(Math.min(...this.ends), Math.max(...this.ends));
    return part[0] < part[1] ? part : null;
  }

  read() {
    const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = getSelection();
    const { root } = this.text;
    if (!root.contains(anchorNode) && !root.contains(focusNode)) { // what was selected stays, and is drawn
      const part = this.kept;
      if (part) this.drawing.choose(...part);
      return;
    }
    this.ends = isCollapsed ? null : [this.text.offset(anchorNode, anchorOffset), this.text.offset(focusNode, focusOffset)];
    this.drawing.choose(0, 0);
  }

  // Where the keys begin: the selection, or the paragraph that has the focus, or what is on the screen.
  here() {
    this.read();
    if (this.ends) return this.ends;
    const place = this.text.places.get(document.activeElement);
    const at = place === undefined ? this.drawing.visible()[0] : this.text.units[place];
    return [at, at];
  }

  move(event) {
    const known = MOVES[event.key];
    if (!known || event.altKey) return false;
    const kind = event.ctrlKey || event.metaKey ? "paragraph" : known[0], forward = known[1], here = this.here();
    const ends = event.shiftKey
      ? extended(this.text, here, kind, forward)
      : forward ? next(this.text, Math.max(...here), kind) : previous(this.text, Math.min(...here), kind);
    event.preventDefault();
    if (ends) {
      this.select(...ends);
      this.show();
      this.say(this.text.slice(Math.min(...ends), Math.max(...ends)).slice(0, TOLD));
    }
    return true;
  }

  select(anchor, focus) {
    this.ends = anchor === focus ? null : [anchor, focus];
    const forward = anchor <= focus;
    getSelection().setBaseAndExtent(...this.text.spot(anchor, !forward), ...this.text.spot(focus, forward && anchor !== focus));
    this.focus(forward ? Math.max(anchor, focus - 1) : focus);
  }

  focus(unit) {
    const paragraph = this.text.paragraphs[this.text.at(this.text.units, unit)];
    this.stop.tabIndex = -1;
    paragraph.tabIndex = 0;
    this.stop = paragraph;
    paragraph.focus({ preventScroll: true });
  }

  // Bring the moving end of the selection onto the screen.
  show(centred = false) {
    if (this.pages?.view === "page") return this.pages.reveal(Math.max(0, this.ends[1] - (this.ends[1] > this.ends[0])), centred);
    const [node, offset] = this.text.spot(this.ends[1], this.ends[1] > this.ends[0]);
    const range = document.createRange();
    const shown = () => {
      range.setStart(node, Math.max(0, offset - 1));
      range.setEnd(node, Math.min(offset + 1, node.length));
      return range.getBoundingClientRect();
    };
    let { top, bottom } = shown();
    const clear = document.querySelector(".reader-bar").getBoundingClientRect().bottom;
    if (!centred && top > clear + 8 && bottom < innerHeight - 24) return;
    node.parentNode.scrollIntoView({ block: "start" });
    ({ top, bottom } = shown());
    scrollBy(0, top - innerHeight / 3);
  }

  back() {
    if (this.ends) this.select(...this.ends); else this.stop.focus({ preventScroll: true });
  }

  nothing() {
    this.ends = null;
    if (getSelection().rangeCount) getSelection().collapseToStart();
    this.drawing.choose(0, 0);
  }
}
