// What is asked in a dialog before a code is given: its weight, or the label and the place of a new code.

const LONGEST = 80; // characters of a label that is taken from the text

// A weight by its number key, or by button. give(weight): null for none yet.
export class Weighing {
  constructor(dialog) {
    this.dialog = dialog;
    this.choices = dialog.querySelector("#weights");
    dialog.addEventListener("keydown", event => this.choices.querySelector(`[value="${CSS.escape(event.key)}"]`)?.click());
  }

  ask(code, exact, standing, give) {
    this.dialog.querySelector("#weigh-title").textContent = `How strongly: ${code.label}`;
    this.dialog.querySelector("#weigh-of").textContent = exact;
    const buttons = [...code.scale, [null, "Without a weight"]].map(([number, words]) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", value: number ?? "", textContent: words, className: "quiet" });
      button.setAttribute("aria-pressed", String(number !== null && number === standing));
      button.addEventListener("click", () => {
        this.dialog.close();
        give(number);
      });
      return button;
    });
    this.choices.replaceChildren(...buttons);
    this.dialog.showModal();
    buttons[Math.max(0, code.scale.findIndex(([number]) => number === standing))].focus();
  }
}

// A new code in the words that are selected.
export class Coining {
  // give(label, under)
  constructor(dialog, give) {
    this.dialog = dialog;
    this.label = dialog.querySelector("#coin-label");
    this.under = dialog.querySelector("#coin-under");
    dialog.querySelector("form").addEventListener("submit", event => {
      event.preventDefault();
      const label = this.label.value.trim();
      if (!label) return this.label.focus();
      dialog.close();
      give(label, this.under.value);
    });
    dialog.querySelector("#coin-cancel").addEventListener("click", () => dialog.close());
  }

  ask(words, codes) {
    const kept = this.under.value, indent = code => "\u2003".repeat(code.path ? code.path.split(" › ").length : 0);
    const heading = codes.get("in-vivo") ? [] : [new Option("In vivo", "in-vivo")];
    const places = codes.given.map(one => new Option(indent(one) + one.label, one.slug));
    this.under.replaceChildren(...heading, new Option("At the top", ""), ...places);
    this.under.value = kept || "in-vivo";
    this.label.value = words.replace(/\s+/g, " ").trim().slice(0, LONGEST);
    this.dialog.showModal();
    this.label.select();
  }
}
