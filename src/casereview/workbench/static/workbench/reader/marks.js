// The marks of a document on this page: in order, in the text, in the list and on their way to the server. A mark is
// { code, start, end (code points), from, to (UTF-16 units), who, own, gone }.

import { order } from "./passages.js";

export class Marks {
  constructor(data, text, drawing, passages, saving, counted) {
    Object.assign(this, { data, text, drawing, passages, saving, counted });
    this.all = data.marks.map(([code, start, end, who, own]) => this.made({ code, start, end, who, own: own && data.coding }));
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
    let place = this.all.findIndex(one => order(one, mark) > 0);
    if (place < 0) place = this.all.length;
    this.all.splice(place, 0, mark);
    this.drawing.add(mark);
    this.passages.add(mark);
    this.changed();
  }

  remove(mark) {
    const place = this.all.indexOf(mark);
    if (place < 0) return;
    mark.gone = true;
    this.all.splice(place, 1);
    this.drawing.remove(mark);
    this.passages.remove(mark);
    this.changed();
  }

  changed() {
    this.counted(this.all.filter(one => !this.passages.only || one.code === this.passages.only).length);
  }
}
