// Where the characters of a page stand on its picture: boxes of [left, top, right, bottom], from 0 to 65534 across and down.

const NOWHERE = 65535;
const FAR = 0.06 * 65534; // above or below all text, as far as a sixteenth of the page's width: near none
const LINE = 12; // a point belongs rather to the line that it stands beside than to one above whose words are nearer

// What the server sends of a page: its size in points, the frame of its coordinates, and the box of each code point.
export function read(content) {
  const [width, height, ...frame] = new Float32Array(content, 0, 8), boxes = new Uint16Array(content, 32);
  return { width, height, frame, boxes, count: boxes.length / 4 };
}

// The lines of characters `from` to `to`, each as one box.
export function lines({ boxes }, from, to) {
  const found = [];
  for (let at = 4 * from; at < 4 * to; at += 4) {
    const left = boxes[at], top = boxes[at + 1], right = boxes[at + 2], bottom = boxes[at + 3];
    if (left === NOWHERE || left >= right) continue;
    const last = found.at(-1), high = bottom - top;
    const beside = last && Math.min(last[3], bottom) - Math.max(last[1], top) > high / 2 && left >= last[0] - high && left - last[2] < 4 * high;
    if (!beside) found.push([left, top, right, bottom]);
    else found[found.length - 1] = [Math.min(last[0], left), Math.min(last[1], top), Math.max(last[2], right), Math.max(last[3], bottom)];
  }
  return found;
}

// The offset nearest to a point (parts of width and height): before or after the nearest character; null far above or below all.
export function hit({ boxes, width, height }, x, y) {
  const px = x * 65534, py = y * 65534, tall = height / width;
  let best = Infinity, found = null;
  for (let at = 0; at < boxes.length; at += 4) {
    if (boxes[at] === NOWHERE) continue;
    const across = Math.max(boxes[at] - px, 0, px - boxes[at + 2]), down = Math.max(boxes[at + 1] - py, 0, py - boxes[at + 3]) * tall;
    if (down < FAR && across + LINE * down < best) {
      best = across + LINE * down;
      found = at / 4 + (px > (boxes[at] + boxes[at + 2]) / 2 ? 1 : 0);
    }
  }
  return found;
}
