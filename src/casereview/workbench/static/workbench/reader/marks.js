// The marks of a document on this page: in order, in the text, in the list and on their way to the server. A mark is
// { code, start, end (code points), from, to (UTF-16 units), who, own, weight, gone }; of a code made for it also coined: { label, under }.

import { inSlices } from "./idle.js";
import { order } from "./passages.js";

const named = ({ code, start, end, who, weight }) => JSON.stringify([code, start, end, who, weight]);

export class Marks {
  constructor(data, codes, text, drawing, pages, passages, saving, counted) {
    Object.assign(this, { data, codes, text, drawing, pages, passages, saving, counted, stop() {} });
    this.all = [...data.marks.map(row => this.told(row)), ...data.areas.map(row => this.area(row))].sort(order);
  }

  // A mark as the server tells it.
  told([code, start, end, who, own, weight = null]) {
    return this.made({ code, start, end, who, own: own && this.data.coding, weight });
  }

  // An area as the server tells it: it stands in the list where its page begins.
  area([code, page, box, who, own, weight]) {
    return this.onPage({ code, page, box, who, own: own && this.data.coding, weight });
  }

  onPage(mark) {
    const start = this.pages.sheets.find(one => one.page === mark.page)?.start ?? 0, from = this.text.toUnits(start);
    return { ...mark, start, end: start, from, to: from, gone: false };
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
    this.counted(this.all.filter(one => this.passages.shows(one)).length);
  }

  // Put what the server now tells of other people's marks in place of what is shown of them. Own marks, the selection, what can be
  // undone and what is on its way stay as they are.
  others(rows) {
    this.stop();
    const shown = new Map(), fresh = [];
    this.all.filter(one => !one.own && !one.box).forEach(one => shown.set(named(one), [...(shown.get(named(one)) ?? []), one]));
    rows.map(row => this.told(row)).filter(one => !one.own).forEach(one => shown.get(named(one))?.pop() ?? fresh.push(one));
    const gone = [...shown.values()].flat();
    this.stop = inSlices([...gone, ...fresh], one => this.all.includes(one) ? this.remove(one) : this.put(one));
  }

  // One's own mark of a part of the text with a code; null where there is none.
  own(from, to, code) {
    return this.all.find(one => one.own && !one.box && one.from === from && one.to === to && one.code === code) ?? null;
  }

  at(from, to) {
    return this.all.filter(one => !one.box && one.from < to && one.to > from);
  }

  // One's own area with a code; null where there is none.
  ownArea({ page, box }, code) {
    return this.all.find(one => one.own && one.box && one.page === page && String(one.box) === String(box) && one.code === code) ?? null;
  }

  freshArea({ page, box }, code, weight) {
    return this.onPage({ code, page, box, who: this.data.me, own: true, weight });
  }

  fresh(from, to, code, weight = null, coined = null) {
    const start = this.text.toPoints(from), end = this.text.toPoints(to);
    return this.made({ code, start, end, who: this.data.me, own: true, weight, coined });
  }

  // Give marks and take others away: at once on the page, then at the server.
  change(give, take, words) {
    give.forEach(mark => this.put(mark));
    take.forEach(mark => this.remove(mark));
    const instead = mark => take.find(one => String(one.box) === String(mark.box) && one.from === mark.from && one.to === mark.to && one.code === mark.code);
    const replaced = give.map(instead), ended = take.filter(one => !replaced.includes(one)); // the server ends what is weighed anew
    give.forEach((mark, place) => this.saving.add(this.giving(mark, words, replaced[place])));
    const evidence = ended.filter(one => one.code.startsWith("evidence/")), areas = ended.filter(one => one.box);
    const codings = ended.filter(one => !evidence.includes(one) && !one.box);
    areas.forEach(mark => this.saving.add(this.unmarking(mark, words)));
    evidence.forEach(mark => this.saving.add(this.citing(mark, false, words)));
    if (codings.length) this.saving.add(this.taking(codings, words));
  }

  place(mark) {
    const { document, text } = this.data, { start, end } = mark;
    return { document, text, start, end, exact: this.text.slice(mark.from, mark.to) };
  }

  citing(mark, cited, words) {
    const body = () => ({ ...this.place(mark), evidence: mark.code, cited });
    return { to: "cite", body, done() {}, refused: () => cited ? this.remove(mark) : this.put(mark), words };
  }

  // An area given a code.
  marking(mark, words, replaced) {
    const { document, text } = this.data, { page, box, code, weight } = mark;
    const refused = () => { this.remove(mark); if (replaced) this.put(replaced); };
    return { to: "area", body: () => ({ document, text, page, box, codes: [code], weight }), done() {}, refused, words };
  }

  unmarking(mark, words) {
    const { document, text } = this.data, { page, box, code } = mark;
    return { to: "unarea", body: () => ({ document, text, codings: [[code, page, box]] }), done() {}, refused: () => this.put(mark), words };
  }

  giving(mark, words, replaced) {
    const body = () => ({
      ...this.place(mark), ...(mark.coined ?? { codes: [mark.code], weight: mark.weight }),
    });
    if (mark.box) return this.marking(mark, words, replaced);
    if (mark.code.startsWith("evidence/")) return this.citing(mark, true, words);
    const done = answer => { if (mark.coined) this.coined(mark, answer); };
    const refused = () => { this.remove(mark); if (replaced) this.put(replaced); };
    return { to: mark.coined ? "coin" : "code", body, done, refused, words };
  }

  // The server has named the new code: the page calls it so from now on.
  coined(mark, { marks: [[code]], codes }) {
    const shown = this.all.includes(mark);
    Object.entries(codes).forEach(([slug, told]) => this.codes.add(slug, told));
    if (shown) this.remove(mark);
    this.codes.remove(mark.code);
    mark.code = code;
    if (shown) this.put(mark);
  }

  taking(marks, words) {
    const { document, text } = this.data, coined = marks.find(one => one.coined);
    const body = () => ({ document, text, codings: marks.map(({ code, start, end }) => [code, start, end]), coined: coined?.code ?? "" });
    const done = answer => {
      if (!answer.gone) return;
      this.codes.remove(coined.code);
      this.codes.put(coined.code, [coined.coined.label, 0, "", false, null, ""]); // it can be made again
    };
    return { to: "end", body, done, refused: () => marks.forEach(one => this.put(one)), words };
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
    this.pages.touch(mark.from, mark.box ? mark.to + 1 : mark.to);
    this.passages.add(mark);
    this.changed();
  }

  remove(mark) {
    const place = this.all.indexOf(mark);
    if (place < 0) return;
    mark.gone = true;
    this.all.splice(place, 1);
    this.drawing.remove(mark);
    this.pages.touch(mark.from, mark.box ? mark.to + 1 : mark.to);
    this.passages.remove(mark);
    this.changed();
  }

  changed() {
    this.counted(this.all.filter(one => this.passages.shows(one)).length);
  }
}
