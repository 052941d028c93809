// Words, sentences and paragraphs of the text, as [start, end] in UTF-16 units: what the keys select and extend by.

const language = document.documentElement.lang || "en";
const cutters = {
  word: new Intl.Segmenter(language, { granularity: "word" }),
  sentence: new Intl.Segmenter(language, { granularity: "sentence" }),
};

function within(text, place, kind) {
  const from = text.units[place], data = text.words(place);
  const pieces = kind === "paragraph" ? [[0, data.length]] : [...cutters[kind].segment(data)]
    .filter(one => kind === "sentence" || one.isWordLike)
    .map(one => [one.index, one.index + one.segment.length]);
  return pieces.map(([start, end]) => text.trimmed(from + start, from + end)).filter(([start, end]) => start < end);
}

// The first unit that begins at `offset` or after it.
export function next(text, offset, kind) {
  for (let place = text.at(text.units, offset); place < text.paragraphs.length; place++) {
    const found = within(text, place, kind).find(([start]) => start >= offset);
    if (found) return found;
  }
  return null;
}

// The last unit that ends at `offset` or before it.
export function previous(text, offset, kind) {
  for (let place = text.at(text.units, offset); place >= 0; place--) {
    const found = within(text, place, kind).findLast(([, end]) => end <= offset);
    if (found) return found;
  }
  return null;
}

// Extend a selection by a unit, or take one back: [anchor, focus] → the same. The anchor stays.
export function extended(text, [anchor, focus], kind, forward) {
  if (forward) {
    const end = ending(text, focus, kind);
    return end === null ? null : [anchor, end];
  }
  const start = beginning(text, focus, kind);
  return start === null ? null : [anchor, start];
}

// The end of the unit that an offset stands in or before.
function ending(text, offset, kind) {
  for (let place = text.at(text.units, offset); place < text.paragraphs.length; place++) {
    const found = within(text, place, kind).find(([, end]) => end > offset);
    if (found) return found[1];
  }
  return null;
}

function beginning(text, offset, kind) {
  for (let place = text.at(text.units, offset); place >= 0; place--) {
    const found = within(text, place, kind).findLast(([start]) => start < offset);
    if (found) return found[0];
  }
  return null;
}

// The unit in which an offset stands, or the nearest before it; null where there is none.
export function around(text, offset, kind) {
  return within(text, text.at(text.units, offset), kind).find(([, end]) => end >= offset) ?? previous(text, offset, kind);
}
