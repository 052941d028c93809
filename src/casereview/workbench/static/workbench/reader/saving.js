// Acts on their way to the server, one after the other in the order they were done. What does not arrive stays here and is tried
// again; nothing is kept in the browser's storage, so leaving the page is warned of while anything waits.

const WAITS = [1, 2, 5, 10, 20, 30]; // seconds

export class Saving {
  // told: called with (state, message): "saving", "saved", "waiting", "refused".
  constructor(addresses, token, told) {
    this.addresses = addresses;
    this.token = token;
    this.told = told;
    this.waiting = [];
    this.tries = 0;
    this.busy = false;
    this.timer = 0;
    window.addEventListener("beforeunload", event => { if (this.waiting.length) event.preventDefault(); });
    window.addEventListener("online", () => this.now());
  }

  // act: { to: "code" | "coin" | "cite" | "end", body: () => object, done(answer), refused(), words }.
  add(act) {
    this.waiting.push(act);
    if (!this.busy && !this.timer) this.send();
  }

  now() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (!this.busy) this.send();
  }

  async send() {
    this.busy = true;
    while (this.waiting.length) {
      this.told("saving", "Saving…");
      const act = this.waiting[0];
      let outcome;
      try {
        outcome = await this.post(this.addresses[act.to], act.body());
      } catch {
        outcome = { later: "the server does not answer" };
      }
      if (outcome.later) {
        this.busy = false;
        return this.wait(outcome.later);
      }
      this.waiting.shift();
      this.tries = 0;
      if (outcome.answer) {
        act.done(outcome.answer);
        this.told("saved", `Saved: ${act.words}.`);
      } else {
        act.refused();
        this.told("refused", `Not saved: ${act.words}. ${outcome.problems.map(one => `${one.cause} ${one.remedy}`).join(" ")}`);
      }
    }
    this.busy = false;
  }

  wait(why) {
    const seconds = WAITS[Math.min(this.tries++, WAITS.length - 1)], count = this.waiting.length;
    this.told("waiting", `Not saved: ${why}. ${count === 1 ? "One act is" : `${count} acts are`} kept on this page and tried again. Do not close it.`);
    this.timer = setTimeout(() => this.now(), 1000 * seconds);
  }

  async post(address, body) {
    const answer = await this.fetch(address, { method: "POST", body: JSON.stringify(body) });
    if (answer.type === "opaqueredirect") return { later: "you have been signed out. Sign in again in another tab" };
    if (answer.status === 403) return this.renewed();
    const content = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null;
    if (answer.ok && content) return { answer: content };
    if (content?.problems) return { problems: content.problems };
    return { later: "the server could not save it" };
  }

  // Signing in again changes the token that a page must show: take the new one, then try again.
  async renewed() {
    const answer = await this.fetch(this.addresses.code, {});
    if (answer.type === "opaqueredirect") return { later: "you have been signed out. Sign in again in another tab" };
    if (!answer.ok) return { later: "your role does not let you mark passages" };
    const { token } = await answer.json(), same = this.tries > 0;
    this.token = token;
    return { later: same ? "the server refused this page. Sign in again in another tab" : "your sign-in was renewed" };
  }

  fetch(address, more) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": this.token };
    return fetch(address, { credentials: "same-origin", redirect: "manual", headers, ...more });
  }
}
