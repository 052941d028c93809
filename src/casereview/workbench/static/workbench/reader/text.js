// The text on the page and its offsets. The server counts Unicode code points, the browser UTF-16 units: both are kept of each
// paragraph, and are the same within one that has no character beyond the first plane.

export class Text {
  // root: holds paragraphs with data-start, which together are the whole text; length: in code points.
  constructor(root, length) {
    this.root = root;
    this.paragraphs = [...root.querySelectorAll("p[data-start]")];
    this.points = this.paragraphs.map(one => Number(one.dataset.start)).concat(length);
    this.units = new Array(this.paragraphs.length + 1);
    this.places = new Map();
    let reached = 0;
    this.paragraphs.forEach((one, place) => {
      this.places.set(one, place);
      this.units[place] = reached;
      reached += one.firstChild ? one.firstChild.length : 0;
    });
    this.units[this.paragraphs.length] = reached;
  }

  get length() {
    return this.units[this.paragraphs.length];
  }

  // The paragraph in which an offset stands, of offsets as in `starts` (this.units or this.points).
  at(starts, offset) {
    let low = 0, high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle; else high = middle - 1;
    }
    return low;
  }

  words(place) {
    const node = this.paragraphs[place]?.firstChild;
    return node ? node.data : "";
  }

  plain(place) {
    return this.units[place + 1] - this.units[place] === this.points[place + 1] - this.points[place];
  }

  toPoints(unit) {
    const place = this.at(this.units, unit), within = unit - this.units[place];
    if (this.plain(place)) return this.points[place] + within;
    const data = this.words(place);
    let count = 0;
    for (let at = 0; at < within; count++) at += data.codePointAt(at) > 0xffff ? 2 : 1;
    return this.points[place] + count;
  }

  toUnits(point) {
    const place = this.at(this.points, point);
    let left = point - this.points[place];
    if (this.plain(place)) return this.units[place] + left;
    const data = this.words(place);
    let at = 0;
    for (; left > 0; left--) at += data.codePointAt(at) > 0xffff ? 2 : 1;
    return this.units[place] + at;
  }

  // Where an offset in units stands in the page, as [text node, offset]. end: at a border, in the paragraph before it.
  spot(unit, end = false) {
    let place = this.at(this.units, unit);
    if (end && place > 0 && this.units[place] === unit) place--;
    return [this.paragraphs[place].firstChild, unit - this.units[place]];
  }

  // The offset in units of a place in the page; before the text its beginning, after it its end.
  offset(node, within) {
    if (node.nodeType === Node.TEXT_NODE && this.places.has(node.parentNode)) {
      return this.whole(this.units[this.places.get(node.parentNode)] + within);
    }
    const point = document.createRange();
    point.setStart(node, within);
    let low = 0, high = this.paragraphs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point.comparePoint(this.paragraphs[middle], 0) < 0) low = middle + 1; else high = middle;
    }
    return this.units[low];
  }

  // Never between the two halves of one character.
  whole(unit) {
    const place = this.at(this.units, unit), data = this.words(place), at = unit - this.units[place];
    const half = at > 0 && at < data.length && (data.charCodeAt(at) & 0xfc00) === 0xdc00 && (data.charCodeAt(at - 1) & 0xfc00) === 0xd800;
    return half ? unit - 1 : unit;
  }

  slice(start, end) {
    const first = this.at(this.units, start);
    let words = "";
    for (let place = first; place < this.paragraphs.length && this.units[place] < end; place++) {
      const from = this.units[place];
      words += this.words(place).slice(Math.max(0, start - from), end - from);
    }
    return words;
  }

  // A part of the text without the white space at its two ends.
  trimmed(start, end) {
    const words = this.slice(start, end);
    const left = words.length - words.trimStart().length, right = words.length - words.trimEnd().length;
    return left === words.length ? [start, start] : [start + left, end - right];
  }

  page(unit) {
    return this.paragraphs[this.at(this.units, unit)].closest(".sheet").dataset.page || "";
  }

  range(start, end) {
    const [startContainer, startOffset] = this.spot(start), [endContainer, endOffset] = this.spot(end, true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }
}
