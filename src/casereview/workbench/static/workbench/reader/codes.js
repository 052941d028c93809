// The codes that can be given, as the page knows them: what each is called, where it stands, and by which weights it is given.

export class Codes {
  // told: slug → [label, colour, path, given, scale ([number, in words], …) or null, under]; tree, only: where the page lists them
  constructor(told, { tree, only, give }) {
    Object.assign(this, { tree, only, give, all: new Map() });
    Object.entries(told).forEach(([slug, one]) => this.put(slug, one));
    tree.querySelectorAll("button[data-code]").forEach(button => this.ready(button));
  }

  put(slug, [label, colour, path, given, scale, under]) {
    this.all.set(slug, { slug, label, colour, path, given, scale, under });
    return this.all.get(slug);
  }

  get(slug) {
    return this.all.get(slug);
  }

  get given() {
    return [...this.all.values()].filter(one => one.given);
  }

  label(slug) {
    return this.all.get(slug)?.label ?? slug.replace(/^evidence\/.*\//, "Evidence for ");
  }

  colour(slug) {
    return this.all.get(slug)?.colour ?? (slug.startsWith("evidence/") ? 24 : 0);
  }

  ready(button) {
    button.addEventListener("mousedown", event => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => this.give(button.dataset.code));
  }

  // A code that has been made while this page was open: at the end of what stands below its heading.
  add(slug, told) {
    if (this.all.has(slug)) return this.put(slug, told);
    const code = this.put(slug, told), item = document.createElement("li"), button = document.createElement("button");
    const swatch = document.createElement("span"), depth = code.path ? code.path.split(" › ").length + 1 : 1;
    item.className = `depth-${depth}`;
    Object.assign(swatch, { className: `swatch swatch-${code.colour}`, textContent: "ab" });
    swatch.setAttribute("aria-hidden", "true");
    Object.assign(button, { type: "button", className: "code" });
    button.dataset.code = slug;
    button.append(swatch, code.label);
    item.append(button);
    this.ready(button);
    this.tree.insertBefore(item, this.after(code.under, depth));
    this.only.append(new Option(code.label, slug));
    return code;
  }

  // What stands in the list after all that is below a heading; null at the end.
  after(under, depth) {
    let item = under ? this.tree.querySelector(`[data-code="${CSS.escape(under)}"]`)?.closest("li")?.nextElementSibling ?? null : null;
    while (item && Number(item.className.match(/depth-(\d+)/)?.[1]) >= depth) item = item.nextElementSibling;
    return item;
  }

  remove(slug) {
    this.all.delete(slug);
    this.tree.querySelector(`[data-code="${CSS.escape(slug)}"]`)?.closest("li").remove();
    [...this.only.options].find(one => one.value === slug)?.remove();
  }
}
