// <x-autosave data-url data-revision data-key><form>…: keeps what one types. Changes go out a moment after the hand rests;
// until the server has acknowledged them they also lie in this browser, so a lost connection or a closed tab loses nothing.
const TEXTS = { saving: "Saving…", saved: "Saved", offline: "Not connected. Your text is kept in this browser.", trouble: "Not saved yet. We try again.",
  conflict: "Somebody else changed this meanwhile. Load the page again; your text is kept in this browser.", restored: "We put back what was not saved last time." };
const PAUSE = 900;

customElements.define("x-autosave", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form || !this.dataset.url) return;
    this.place = this.querySelector("[data-saved]") || document.querySelector("[data-saved]");
    this.place?.setAttribute("role", "status");
    this.key = `autosave:${this.dataset.key || this.dataset.url}`;
    this.revision = this.dataset.revision || "0";
    this.dirty = new Set();
    this.known = new Map([...this.form.elements].filter((field) => field.name).map((field) => [field.name, this.held(field.name)]));
    this.noted = (event) => this.note(event.target, event.type);
    this.online = () => this.send();
    this.leaving = (event) => {
      // The next page may have been asked for before this last save lands: what was typed stays here until that page has it.
      this.parting = true;
      setTimeout(() => { this.parting = false; }, 5000);
      if (this.dirty.size && !this.sending) this.send(); if (this.dirty.size && this.stuck) event.preventDefault();
    };
    this.form.addEventListener("input", this.noted);
    this.form.addEventListener("change", this.noted);
    this.form.addEventListener("submit", (event) => this.handOver(event));
    window.addEventListener("online", this.online);
    window.addEventListener("beforeunload", this.leaving);
    queueMicrotask(() => this.restore()); // by then the tables inside can grow and shrink
  }

  disconnectedCallback() {
    clearTimeout(this.wait);
    window.removeEventListener("online", this.online);
    window.removeEventListener("beforeunload", this.leaving);
  }

  say(what, more = "") {
    if (!this.place) return;
    const text = this.dataset[`say${what[0].toUpperCase()}${what.slice(1)}`] || TEXTS[what];
    this.place.textContent = more || text;
    this.place.classList.toggle("trouble", ["offline", "trouble", "conflict"].includes(what));
  }

  note(field, how) {
    if (!field.name || field.type === "file" || ["csrfmiddlewaretoken", "revision"].includes(field.name)) return;
    // Leaving a field says "change" once more for what was sent long ago.
    if (how === "change" && !this.dirty.has(field.name) && this.known.get(field.name) === this.held(field.name)) return;
    this.dirty.add(field.name);
    // What is one answer goes out whole: all fields of a table, a person, a ranking.
    for (const other of field.closest("[data-together]")?.querySelectorAll("[name]") || []) {
      if (!["file", "submit"].includes(other.type)) this.dirty.add(other.name);
    }
    this.keep();
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.send(), PAUSE);
  }

  values(names) {
    const all = new FormData(this.form);
    return [...names].flatMap((name) => all.getAll(name).map((value) => [name, String(value)]));
  }

  held(name) { return JSON.stringify(this.values([name])); }

  keep(sent = false) {
    const held = { sent, revision: this.revision, names: [...this.dirty], values: this.values(this.dirty) };
    try { localStorage.setItem(this.key, JSON.stringify(held)); } catch { /* a full or forbidden store: the page still holds the text */ }
  }

  // The button sends everything itself. What was typed stays here until a page shows that it arrived: the line may be down.
  // Where the browser says so the page first tries: it stays rather than give way to one that shows nothing of the text.
  handOver(event) {
    if (!navigator.onLine && !this.reached) { event.preventDefault(); this.reach(event.submitter); return; }
    clearTimeout(this.wait);
    if (this.dirty.size) this.keep(true);
    this.dirty.clear();
  }

  async reach(button) {
    this.reached = await fetch(location.href, { method: "HEAD" }).then(() => true, () => false);
    if (this.reached) this.form.requestSubmit(button); else this.say("offline");
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* nothing to forget */ }
  }

  restore() {
    let held = null;
    try { held = JSON.parse(localStorage.getItem(this.key)); } catch { /* unreadable counts as nothing */ }
    if (!held?.names?.length) return;
    if (held.sent && Number(this.revision) > Number(held.revision)) { this.forget(); return; }
    this.revision = held.revision || this.revision; // what somebody else changed since then is theirs, not ours to write over
    for (const table of this.form.querySelectorAll("x-rows")) table.hold?.(held.names);
    for (const name of held.names) {
      const given = held.values.filter(([key]) => key === name).map(([, value]) => value);
      for (const field of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
        else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
        else field.value = given.length > 1 ? given.shift() : given[0] ?? "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    this.say("restored");
  }

  async send() {
    if (this.sending || this.stuck || !this.dirty.size) return;
    clearTimeout(this.wait);
    const names = new Set(this.dirty);
    const body = new URLSearchParams(this.values(names));
    for (const name of names) if (!body.has(name)) body.append("cleared", name);
    body.set("revision", this.revision);
    body.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    const sent = [...names].map((name) => [name, this.held(name)]);
    this.sending = true;
    this.dirty.clear();
    this.say("saving");
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } });
      const told = await answer.json().catch(() => ({}));
      if (answer.status === 409) { this.stuck = true; this.again(names); this.keep(); this.say("conflict", told.message);
        this.dispatchEvent(new CustomEvent("autosave:conflict", { bubbles: true, detail: told })); return; }
      if (answer.status === 401) { this.stuck = true; this.again(names); this.keep(); this.say("trouble", told.message); return; }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      for (const [name, value] of sent) this.known.set(name, value);
      this.acknowledge(told);
    } catch {
      this.again(names);
      this.keep();
      this.say(navigator.onLine ? "trouble" : "offline");
      this.wait = setTimeout(() => this.send(), 5000);
    } finally { this.sending = false; }
    if (this.dirty.size && !this.stuck) this.wait = setTimeout(() => this.send(), PAUSE);
  }

  again(names) { for (const name of names) this.dirty.add(name); }

  acknowledge(told) {
    this.revision = String(told.revision ?? this.revision);
    for (const shown of this.form.querySelectorAll("input[name=revision]")) shown.value = this.revision;
    if (this.dirty.size) this.keep(); else if (!this.parting) this.forget();
    const time = new Date().toLocaleTimeString(document.documentElement.lang || "en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.say("saved", `${this.dataset.saySaved || TEXTS.saved} ${time}`);
    this.dispatchEvent(new CustomEvent("autosave:saved", { bubbles: true, detail: told }));
  }
});
