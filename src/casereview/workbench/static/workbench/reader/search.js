// Finding a code by a few letters: a combobox after the pattern of the ARIA practices guide.

const MOST = 8;

export function found(codes, words) {
  const wanted = words.trim().toLocaleLowerCase();
  if (!wanted) return [];
  const rank = code => {
    const label = code.label.toLocaleLowerCase();
    if (label.startsWith(wanted)) return 0;
    if (label.split(/[^\p{L}\p{N}]+/u).some(word => word.startsWith(wanted))) return 1;
    return label.includes(wanted) || code.slug.includes(wanted) ? 2 : 3;
  };
  return codes.map(code => [rank(code), code]).filter(([one]) => one < 3).sort(([one], [other]) => one - other).map(([, code]) => code);
}

export class Search {
  // give(code): called with what was chosen; leave(): back to the text.
  // codes(): those that can now be given.
  constructor(input, list, codes, give, leave) {
    Object.assign(this, { input, list, codes, give, leave, shown: [], active: 0 });
    input.addEventListener("input", () => this.look());
    input.addEventListener("keydown", event => this.pressed(event));
    input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    list.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(this.shown[[...list.children].indexOf(option)]);
    });
  }

  look() {
    this.shown = found(this.codes(), this.input.value).slice(0, MOST);
    this.active = 0;
    this.list.replaceChildren(...this.shown.map((code, place) => this.option(code, place)));
    this.list.hidden = !this.shown.length;
    this.input.setAttribute("aria-expanded", String(this.shown.length > 0));
    this.point();
  }

  option(code, place) {
    const made = document.createElement("li"), above = document.createElement("span");
    made.id = `found-${place}`;
    made.setAttribute("role", "option");
    above.className = "by";
    above.textContent = code.path ? ` ${code.path}` : "";
    made.append(code.label, above);
    return made;
  }

  point() {
    [...this.list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === this.active)));
    if (this.shown.length) this.input.setAttribute("aria-activedescendant", `found-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.shown.length) {
      event.preventDefault();
      this.active = (this.active + step + this.shown.length) % this.shown.length;
      this.point();
    } else if (event.key === "Enter" && this.shown.length) {
      event.preventDefault();
      this.take(this.shown[this.active]);
    } else if (event.key === "Escape") {
      this.clear();
      this.leave();
    }
  }

  take(code) {
    this.clear();
    this.give(code.slug);
    this.leave();
  }

  clear() {
    this.input.value = "";
    this.close();
  }

  close() {
    this.shown = [];
    this.list.replaceChildren();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
