// An area on the picture of a page: drawn with the mouse, or moved and sized with the arrow keys; then given a code as a passage is.

const STEP = 0.01; // of the page, for a key
const LEAST = 0.005;

const between = (low, value, high) => Math.min(Math.max(value, low), high);

// The corner points of a box [left, top, right, bottom] of a picture (0 to 1) in whole points of the page, and back.
export function toPoints({ frame: [a, b, c, d, e, f] }, [left, top, right, bottom]) {
  const det = a * d - b * c;
  const point = (x, y) => [(d * (x - e) - c * (y - f)) / det, (a * (y - f) - b * (x - e)) / det].map(Math.round);
  const [[x1, y1], [x2, y2]] = [point(left, top), point(right, bottom)];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

export function toPicture({ frame: [a, b, c, d, e, f] }, [left, bottom, right, top]) {
  const point = (x, y) => [a * x + c * y + e, b * x + d * y + f];
  const [[x1, y1], [x2, y2]] = [point(left, bottom), point(right, top)];
  return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
}

export class Areas {
  // told: { marks(page), colourOf(code), say(words), find(): to the search of codes, shapes(boxes, colour), button }
  constructor(pages, told) {
    Object.assign(this, { pages, ...told, sheet: null, box: null, drawing: false });
    this.handle = document.createElement("div");
    this.handle.className = "area";
    this.handle.tabIndex = 0;
    this.handle.setAttribute("role", "group");
    this.handle.addEventListener("keydown", event => this.pressed(event));
    this.dragging();
  }

  // What is drawn and not yet given a code: { page, box in points }; null if nothing is.
  get current() {
    return this.box ? { page: this.sheet.page, box: toPoints(this.sheet.map, this.box) } : null;
  }

  // Begin: a rectangle in the middle of what is on the screen, for the keys; a mouse draws another.
  begin() {
    const sheet = this.pages.visible().find(one => one.map);
    if (!sheet) return this.say("The page is on its way. Try again in a moment.");
    const { top, bottom, height } = sheet.picture.getBoundingClientRect();
    const middle = (Math.max(top, 60) + Math.min(bottom, innerHeight)) / 2 - top;
    const y = between(0.1, middle / height, 0.9);
    this.drawing = true;
    this.button?.setAttribute("aria-pressed", "true");
    this.put(sheet, [0.3, y - 0.05, 0.7, y + 0.05]);
    this.handle.focus({ preventScroll: true });
  }

  end() {
    this.drawing = false;
    this.button?.setAttribute("aria-pressed", "false");
    this.box = null;
    this.handle.remove();
  }

  put(sheet, box) {
    this.sheet = sheet;
    this.box = box;
    const [left, top, right, bottom] = box, share = value => `${Math.round(100 * value)} per cent`;
    const { style } = this.handle;
    style.left = `${100 * left}%`;
    style.top = `${100 * top}%`;
    style.width = `${100 * (right - left)}%`;
    style.height = `${100 * (bottom - top)}%`;
    const words = `Area on page ${sheet.page}: ${share(left)} to ${share(right)} across, ${share(top)} to ${share(bottom)} down`;
    this.handle.setAttribute("aria-label", words);
    if (this.handle.parentNode !== sheet.picture) sheet.picture.append(this.handle);
    this.say(words);
  }

  pressed(event) {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (x || y) {
      event.preventDefault();
      event.stopPropagation();
      this.put(this.sheet, event.shiftKey ? this.sized(x * STEP, y * STEP) : this.moved(x * STEP, y * STEP));
    } else if (event.key === "Escape") this.end();
    else if (/^[\p{L}\p{N}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) this.find();
    else if (event.key === "Enter") {
      event.preventDefault();
      this.find();
    }
  }

  moved(x, y) {
    const [left, top, right, bottom] = this.box, across = between(-left, x, 1 - right), down = between(-top, y, 1 - bottom);
    return [left + across, top + down, right + across, bottom + down];
  }

  sized(x, y) {
    const [left, top, right, bottom] = this.box;
    return [left, top, between(left + STEP, right + x, 1), between(top + STEP, bottom + y, 1)];
  }

  dragging() {
    let from = null, sheet = null;
    const at = event => {
      const { left, top, width, height } = sheet.picture.getBoundingClientRect();
      return [between(0, (event.clientX - left) / width, 1), between(0, (event.clientY - top) / height, 1)];
    };
    this.pages.reader.addEventListener("mousedown", event => {
      const picture = event.target.closest(".picture");
      sheet = this.drawing && !event.button && picture ? this.pages.of.get(picture.parentNode) : null;
      if (!sheet?.map) return;
      event.preventDefault();
      from = at(event);
    });
    document.addEventListener("mousemove", event => {
      if (!from || !(event.buttons & 1)) return;
      const to = at(event);
      const box = [Math.min(from[0], to[0]), Math.min(from[1], to[1]), Math.max(from[0], to[0]), Math.max(from[1], to[1])];
      if (box[2] - box[0] > LEAST && box[3] - box[1] > LEAST) this.put(sheet, box);
    });
    document.addEventListener("mouseup", () => {
      if (from) this.handle.focus({ preventScroll: true });
      from = null;
    });
  }

  // The areas of a page that are marked.
  draw(sheet) {
    const whole = 65534;
    sheet.layers[3].replaceChildren(...this.marks(sheet.page).flatMap(mark => {
      const box = toPicture(sheet.map, mark.box).map(value => value * whole);
      const [rect] = this.shapes([box], this.colourOf(mark.code));
      return [rect];
    }));
  }

  reveal(mark) {
    const sheet = this.pages.sheets.find(one => one.page === mark.page);
    sheet.element.scrollIntoView({ block: "start" });
    if (!sheet.map) return;
    const { top, height } = sheet.picture.getBoundingClientRect();
    scrollBy(0, top + height * toPicture(sheet.map, mark.box)[1] - innerHeight / 3);
  }
}
