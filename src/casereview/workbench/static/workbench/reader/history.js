// What was done, to be undone and done again. An act gives marks or takes them away; undoing it is an act like any other.

export class History {
  // change(give, take, words): carries an act out.
  constructor(change, shown) {
    Object.assign(this, { change, shown, past: [], future: [] });
  }

  act(give, take, words) {
    this.past.push({ give, take, words });
    this.future = [];
    this.change(give, take, words);
    this.shown();
  }

  undo() {
    const last = this.past.pop();
    if (!last) return;
    this.future.push(last);
    this.change(last.take, last.give, `undone: ${last.words}`);
    this.shown();
  }

  redo() {
    const next = this.future.pop();
    if (!next) return;
    this.past.push(next);
    this.change(next.give, next.take, `done again: ${next.words}`);
    this.shown();
  }
}
