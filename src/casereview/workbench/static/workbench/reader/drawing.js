// Marks drawn over the text by the CSS Custom Highlight API: one highlight a colour of the stylesheet, no element touched.

import { inSlices } from "./idle.js";

export const able = typeof Highlight === "function" && "highlights" in CSS;

export class Drawing {
  constructor(text, colourOf) {
    this.text = text;
    this.colourOf = colourOf;
    this.drawn = new Map();
    this.colours = new Map();
    this.chosen = able ? new Highlight() : null;
    if (able) {
      this.chosen.priority = 1;
      CSS.highlights.set("chosen", this.chosen);
    }
  }

  highlight(colour) {
    if (!this.colours.has(colour)) {
      const made = new Highlight();
      this.colours.set(colour, made);
      CSS.highlights.set(`code-${colour}`, made);
    }
    return this.colours.get(colour);
  }

  add(mark) {
    if (!able || mark.box || this.drawn.has(mark)) return; // areas are drawn on their pages
    const range = this.text.range(mark.from, mark.to);
    this.drawn.set(mark, range);
    this.highlight(this.colourOf(mark.code)).add(range);
  }

  remove(mark) {
    const range = this.drawn.get(mark);
    if (range) this.highlight(this.colourOf(mark.code)).delete(range);
    this.drawn.delete(mark);
  }

  // Those that can be seen at once, the others while nothing else is to be done.
  all(marks, standing) {
    if (!able) return;
    const [from, to] = this.visible();
    const seen = marks.filter(one => one.from < to && one.to > from);
    seen.forEach(one => this.add(one));
    inSlices(marks, one => standing(one) && this.add(one));
  }

  visible() {
    const { paragraphs, units } = this.text;
    const below = y => {
      let low = 0, high = paragraphs.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (paragraphs[middle].getBoundingClientRect().bottom < y) low = middle + 1; else high = middle;
      }
      return low;
    };
    return [units[below(0)] ?? 0, units[Math.min(below(innerHeight) + 1, paragraphs.length)]];
  }

  choose(start, end) {
    if (!able) return;
    this.chosen.clear();
    if (start < end) this.chosen.add(this.text.range(start, end));
  }
}
