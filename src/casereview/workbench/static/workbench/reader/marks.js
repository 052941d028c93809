// The marks of a document on this page: in order, in the text, in the list and on their way to the server. A mark is
// { code, start, end (code points), from, to (UTF-16 units), who, own, gone }.

import { inSlices } from "./idle.js";
import { order } from "./passages.js";

const named = ({ code, start, end, who }) => JSON.stringify([code, start, end, who]);

export class Marks {
  constructor(data, text, drawing, pages, passages, saving, counted) {
    Object.assign(this, { data, text, drawing, pages, passages, saving, counted, stop() {} });
    this.all = data.marks.map(row => this.told(row));
  }

  // A mark as the server tells it.
  told([code, start, end, who, own]) {
    return this.made({ code, start, end, who, own: own && this.data.coding });
  }

  made(mark) {
    return { ...mark, from: this.text.toUnits(mark.start), to: this.text.toUnits(mark.end), gone: false };
  }

  draw() {
    this.drawing.all([...this.all], mark => !mark.gone);
    this.list();
  }

  list() {
    this.passages.show(this.all, () => {});
    this.counted(this.all.filter(one => !this.passages.only || one.code === this.passages.only).length);
  }

  // Put what the server now tells of other people's marks in place of what is shown of them. Own marks, the selection, what can be
  // undone and what is on its way stay as they are.
  others(rows) {
    this.stop();
    const shown = new Map(), fresh = [];
    this.all.filter(one => !one.own).forEach(one => shown.set(named(one), [...(shown.get(named(one)) ?? []), one]));
    rows.map(row => this.told(row)).filter(one => !one.own).forEach(one => shown.get(named(one))?.pop() ?? fresh.push(one));
    const gone = [...shown.values()].flat();
    this.stop = inSlices([...gone, ...fresh], one => this.all.includes(one) ? this.remove(one) : this.put(one));
  }

  // One's own mark of a part of the text with a code; null where there is none.
  own(from, to, code) {
    return this.all.find(one => one.own && one.from === from && one.to === to && one.code === code) ?? null;
  }

  at(from, to) {
    return this.all.filter(one => one.from < to && one.to > from);
  }

  fresh(from, to, code) {
    const start = this.text.toPoints(from), end = this.text.toPoints(to);
    return this.made({ code, start, end, who: this.data.me, own: true });
  }

  // Give marks and take others away: at once on the page, then at the server.
  change(give, take, words) {
    give.forEach(mark => this.put(mark));
    take.forEach(mark => this.remove(mark));
    give.forEach(mark => this.saving.add(this.giving(mark, words)));
    if (take.length) this.saving.add(this.taking(take, words));
  }

  giving(mark, words) {
    const body = () => ({
      document: this.data.document, text: this.data.text, start: mark.start, end: mark.end,
      exact: this.text.slice(mark.from, mark.to), codes: [mark.code],
    });
    return { to: "code", body, refused: () => this.remove(mark), words };
  }

  taking(marks, words) {
    const { document, text } = this.data, codings = marks.map(({ code, start, end }) => [code, start, end]);
    return { to: "end", body: () => ({ document, text, codings }), refused: () => marks.forEach(one => this.put(one)), words };
  }

  put(mark) {
    if (this.all.includes(mark)) return;
    mark.gone = false;
    let low = 0, high = this.all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(this.all[middle], mark) > 0) high = middle; else low = middle + 1;
    }
    this.all.splice(low, 0, mark);
    this.drawing.add(mark);
    this.pages.touch(mark.from, mark.to);
    this.passages.add(mark);
    this.changed();
  }

  remove(mark) {
    const place = this.all.indexOf(mark);
    if (place < 0) return;
    mark.gone = true;
    this.all.splice(place, 1);
    this.drawing.remove(mark);
    this.pages.touch(mark.from, mark.to);
    this.passages.remove(mark);
    this.changed();
  }

  changed() {
    this.counted(this.all.filter(one => !this.passages.only || one.code === this.passages.only).length);
  }
}
