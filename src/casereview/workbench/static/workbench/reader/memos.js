// Memos on a passage: those that stand, and a form for another. The form leads back to the passage.

export class Memos {
  constructor(dialog, data) {
    Object.assign(this, { dialog, data });
    dialog?.querySelector("#memo-cancel").addEventListener("click", () => dialog.close());
  }

  on({ start, end }) {
    return this.data.memos[`${start}-${end}`] ?? [];
  }

  open(mark, exact) {
    const { document: key, text } = this.data, place = `${mark.start}-${mark.end}`, form = this.dialog.querySelector("form");
    form.elements.key.value = `${key}@${text.slice(0, 12)}:${place}`;
    form.elements.back.value = `${location.pathname}?at=${place}`;
    this.dialog.querySelector("#memo-of").textContent = exact;
    this.dialog.querySelector("#memo-said").replaceChildren(...this.on(mark).map(([who, words]) => {
      const said = document.createElement("p"), by = document.createElement("b");
      by.textContent = `${who}: `;
      said.append(by, words);
      return said;
    }));
    this.dialog.showModal();
    form.elements.text.focus();
  }
}
