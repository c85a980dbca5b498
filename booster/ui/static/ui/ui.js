{ // x-autosave.js
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
}
{ // x-conditions.js
// <x-conditions> around a form: shows what has data-when only while its condition holds. The server decides anyway.
// {"field": "consortium", "op": "is", "value": "yes"}, {"all": […]}, {"any": […]}
const OPS = {
  is: (given, value) => given.includes(String(value)),
  is_not: (given, value) => !given.includes(String(value)),
  has: (given, value) => given.some((one) => [].concat(value).map(String).includes(one)),
  filled: (given) => given.some((one) => one.trim() !== ""),
  empty: (given) => given.every((one) => one.trim() === ""),
  over: (given, value) => given.some((one) => one !== "" && Number(one) > Number(value)),
  under: (given, value) => given.some((one) => one !== "" && Number(one) < Number(value)),
};

customElements.define("x-conditions", class extends HTMLElement {
  connectedCallback() {
    this.settle = () => this.show();
    this.addEventListener("input", this.settle);
    this.addEventListener("change", this.settle);
    this.show();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.settle);
    this.removeEventListener("change", this.settle);
  }

  given(name) {
    const inputs = [...this.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((input) => !input.closest("[hidden]"));
    return inputs.flatMap((input) => {
      if (input.type === "checkbox" || input.type === "radio") return input.checked ? [input.value] : [];
      return input.multiple ? [...input.selectedOptions].map((option) => option.value) : [input.value];
    });
  }

  holds(rule) {
    if (rule.all) return rule.all.every((one) => this.holds(one));
    if (rule.any) return rule.any.some((one) => this.holds(one));
    return (OPS[rule.op || "is"] || OPS.is)(this.given(rule.field), rule.value);
  }

  show() {
    // A field may hang on one that is itself hidden, so settle until nothing moves, at most as often as there are fields.
    const parts = [...this.querySelectorAll("[data-when]")];
    for (let round = 0; round <= parts.length; round += 1) {
      let moved = false;
      for (const part of parts) {
        let visible = true;
        try { visible = this.holds(JSON.parse(part.dataset.when)); } catch { /* a broken rule hides nothing */ }
        if (part.hidden === visible) { part.hidden = !visible; moved = true; }
      }
      if (!moved) return;
    }
  }
});
}
{ // x-counter.js
// <x-counter for="id" data-unit="words" data-most="300" data-says="{n} of {most} words">: how much room is left.
// Counts as booster/ui/counting.py does: NFC, without weightless marks, every line end one character.
const WEIGHTLESS = /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;
const SPACE = /[\s\u001C-\u001F\u0085]+/u;

function settled(text) {
  return text.replace(/\r\n?/g, "\n").replace(WEIGHTLESS, "").normalize("NFC");
}

function count(text, unit) {
  const plain = settled(text);
  return unit === "words" ? plain.split(SPACE).filter(Boolean).length : [...plain].length;
}

customElements.define("x-counter", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field) return;
    this.told = this.querySelector("span");
    this.live = document.createElement("span");
    this.live.className = "visually-hidden";
    this.live.setAttribute("role", "status");
    this.append(this.live);
    this.draw = () => this.show();
    this.field.addEventListener("input", this.draw);
    this.show();
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this.draw);
    clearTimeout(this.wait);
  }

  show() {
    const most = Number(this.dataset.most);
    const n = count(this.field.value, this.dataset.unit);
    this.told.textContent = this.dataset.says.replace("{n}", n).replace("{most}", most);
    this.classList.toggle("over", n > most);
    // Speak only near the end and only when the hand rests: a number for every key would drown the text.
    clearTimeout(this.wait);
    if (n >= most * 0.9) this.wait = setTimeout(() => { this.live.textContent = this.told.textContent; }, 1200);
  }
});
}
{ // x-deadline.js
// <x-deadline data-at="ISO">12 days left</x-deadline> counts on; <x-when data-zone="Europe/Paris"><time datetime="ISO">…
// adds the reader's own hour. Both say something true before any script runs.
const language = document.documentElement.lang || "en";
const format = (zone, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" };

customElements.define("x-deadline", class extends HTMLElement {
  connectedCallback() {
    this.at = Date.parse(this.dataset.at);
    // The server's words stand until less than two days are left; then minutes matter, and only then.
    this.tick = () => this.show();
    this.timer = setInterval(this.tick, 30000);
    this.show();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  show() {
    const left = this.at - Date.now();
    if (!Number.isFinite(left) || left > 172800000) return;
    if (left <= 0) {
      if (!this.over && this.told) document.dispatchEvent(new CustomEvent("deadline:over", { detail: this }));
      this.over = true;
      if (this.told) this.textContent = new Intl.RelativeTimeFormat(language).format(Math.ceil(left / 60000), "minute");
      return;
    }
    const minutes = Math.floor(left / 60000);
    const parts = minutes >= 60 ? { hour: Math.floor(minutes / 60), minute: minutes % 60 } : { minute: Math.max(1, minutes) };
    const words = Object.entries(parts).map(([unit, n]) =>
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(n));
    this.told = true;
    this.textContent = (this.dataset.left || "{}").replace("{}", words.join(" "));
  }
});

customElements.define("x-when", class extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = time && new Date(time.dateTime);
    if (!at || Number.isNaN(at.getTime())) return;
    const own = document.body.dataset.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
    const read = (zone, options) => format(zone, options).format(at);
    let text = "";
    try {
      const [here, there] = [this.dataset.zone, own].map((zone) => [read(zone, DAY), read(zone, CLOCK)]);
      if (here.join() !== there.join()) {
        const day = new Intl.DateTimeFormat(language, { timeZone: own, weekday: "short", day: "numeric", month: "short" });
        const moment = here[0] === there[0] ? there[1] : `${day.format(at)}, ${there[1]}`;
        text = ` ${(document.body.dataset.forYou || "({} for you)").replace("{}", moment)}`;
      }
    } catch { return; } // a zone that this browser does not know: the server's words are enough
    let yours = time.querySelector(".yours");
    if (!yours && text) {
      yours = document.createElement("span");
      yours.className = "yours";
      time.append(yours);
    }
    if (yours) yours.textContent = text;
  }
});
}
{ // x-dialog.js
// <x-dialog><dialog id="…">: opened by any [data-opens="id"]; that opener is a link to a page, so it works without script too.
customElements.define("x-dialog", class extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.open = (event) => {
      const opener = event.target.closest?.(`[data-opens="${CSS.escape(this.dialog.id)}"]`);
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.dialog.showModal();
    };
    document.addEventListener("click", this.open);
    this.dialog.addEventListener("click", (event) => { if (event.target === this.dialog) this.dialog.close(); });
  }

  disconnectedCallback() { document.removeEventListener("click", this.open); }
});

// The same native dialog asks before a form goes off: <x-confirm data-ask="Release 57 letters?" data-yes="Release them">.
customElements.define("x-confirm", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button, input[type=submit]");
      if (!button || this.sure || button.disabled) return;
      if (button.form && !button.formNoValidate && !button.form.noValidate && !button.form.reportValidity()) { event.preventDefault(); return; }
      event.preventDefault();
      this.ask(button);
    });
  }

  ask(button) {
    const dialog = document.createElement("dialog");
    const title = document.createElement("h2");
    title.className = "title";
    title.id = "ask-title";
    title.textContent = this.dataset.ask;
    const row = document.createElement("div");
    row.className = "buttons";
    const [yes, no] = [[this.dataset.yes || button.textContent.trim(), "button"], [this.dataset.no || "Not now", "button second"]].map(([text, look]) => {
      const one = document.createElement("button");
      one.type = "button";
      one.className = look;
      one.textContent = text;
      return one;
    });
    row.append(yes, no);
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(title, row);
    document.body.append(dialog);
    dialog.addEventListener("close", () => { dialog.remove(); button.focus(); });
    no.addEventListener("click", () => dialog.close());
    yes.addEventListener("click", () => { dialog.close(); this.sure = true; button.click(); this.sure = false; });
    dialog.showModal();
    no.focus();
  }
});
}
{ // x-filter.js
// <x-filter data-rows="#people tbody tr"><input type="search">: shows at once the rows that hold all typed words.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

customElements.define("x-filter", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    if (!this.field) return;
    this.told = document.createElement("span");
    this.told.className = "small quiet";
    this.told.setAttribute("role", "status");
    this.append(this.told);
    this.field.addEventListener("input", () => this.show());
    this.field.addEventListener("keydown", (event) => { if (event.key === "Enter" && this.dataset.sends === undefined) event.preventDefault(); });
    if (this.field.value) this.show();
  }

  show() {
    const rows = [...document.querySelectorAll(this.dataset.rows)];
    const words = fold(this.field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.folded ??= fold(row.textContent);
      row.hidden = !words.every((word) => row.folded.includes(word));
      if (!row.hidden) shown += 1;
    }
    this.told.textContent = words.length ? `${shown} / ${rows.length}` : "";
  }
});
}
{ // x-language.js
// <x-language><form>: a chosen language loads the page anew. What was typed into forms that do not save by themselves is
// put back there; where that cannot be done, for chosen files and added lines, the browser asks first.
const PLACE = "typed";
const LASTS = 60000;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const PASSED = ["hidden", "password", "file", "submit", "button", "reset", "image"];

customElements.define("x-language", class extends HTMLElement {
  connectedCallback() {
    setTimeout(() => { // when the other elements stand
      this.known = this.others().map((form) => this.held(form));
      this.restore();
    });
    this.ask = (event) => { if (this.choosing) event.preventDefault(); };
    window.addEventListener("beforeunload", this.ask);
    this.querySelector("form")?.addEventListener("submit", () => this.keep());
  }

  disconnectedCallback() { window.removeEventListener("beforeunload", this.ask); }

  others() {
    return [...document.forms].filter((form) => form.method === "post" && !form.closest("x-autosave, x-language"));
  }

  fields(form) { return [...form.elements].filter((field) => field.name && !PASSED.includes(field.type)); }

  state(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked;
    return field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value;
  }

  held(form) { return this.fields(form).map((field) => [field.name, this.state(field)]); }

  // Of each form the fields that changed; all of a form that came back with an error: it holds what was typed before.
  keep() {
    const kept = this.others().map((form, n) => {
      const [before, now] = [this.known?.[n] || [], this.held(form)];
      const refused = form.querySelector("[aria-invalid=true]");
      this.choosing ||= before.length !== now.length || [...form.elements].some((field) => field.type === "file" && field.value);
      return now.map(([name, value], at) => (refused || !same(value, before[at]?.[1]) ? [name, value] : [name]));
    });
    setTimeout(() => { this.choosing = false; }, 1000); // who stays is asked again by the next choice alone
    if (!kept.flat().some(([, value]) => value !== undefined)) return;
    try { sessionStorage.setItem(PLACE, JSON.stringify({ at: Date.now(), page: location.pathname, kept })); } catch { this.choosing = true; }
  }

  restore() {
    let held = null;
    try { held = JSON.parse(sessionStorage.getItem(PLACE)); sessionStorage.removeItem(PLACE); } catch { /* nothing to put back */ }
    if (held?.page !== location.pathname || Date.now() - held.at > LASTS) return;
    this.others().forEach((form, n) => {
      const given = held.kept[n];
      const fields = this.fields(form);
      if (!given || given.length !== fields.length || given.some(([name], at) => name !== fields[at].name)) return;
      fields.forEach((field, at) => this.put(field, given[at][1]));
    });
  }

  put(field, value) {
    if (value === undefined || same(this.state(field), value)) return;
    if (typeof value === "boolean") field.checked = value;
    else if (Array.isArray(value)) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
}
{ // x-rows.js
// <x-rows data-min data-max>: rows of a table question (rooms, budget lines). [data-add] puts in the <template>'s row with the next
// number, [data-remove] takes its row out, [data-count] tells the server how many numbers were given out.
customElements.define("x-rows", class extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("[data-rows]");
    this.template = this.querySelector("template");
    this.count = this.querySelector("[data-count]");
    if (!this.box || !this.template) return;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-add], [data-remove]");
      if (!button || !this.contains(button)) return;
      event.preventDefault();
      if (button.matches("[data-add]")) this.add(); else this.take(button.closest("[data-row]"));
    });
    this.settle();
  }

  rows() { return [...this.box.querySelectorAll("[data-row]")]; }

  put(n) {
    const holder = document.createElement("template");
    holder.innerHTML = this.template.innerHTML.replaceAll("__n__", String(n));
    this.box.append(holder.content);
    if (this.count) this.count.value = String(Math.max(n + 1, Number(this.count.value)));
  }

  // The rows that these field names speak of, no more and no fewer: what was typed before the page was lost comes back whole.
  hold(names) {
    if (!this.count || !names.includes(this.count.name)) return;
    const start = this.count.name.replace(/count$/, "");
    const number = (name) => (name?.startsWith(start) ? /^\d+(?=-)/.exec(name.slice(start.length))?.[0] : undefined);
    const wanted = new Set(names.map(number).filter(Boolean));
    for (const row of this.rows()) {
      const n = number(row.querySelector("[name]")?.name);
      if (!wanted.delete(n)) row.remove();
    }
    for (const n of [...wanted].sort((a, b) => a - b)) this.put(Number(n));
    this.settle();
  }

  add() {
    if (this.rows().length >= Number(this.dataset.max || Infinity)) return;
    this.put(Number(this.count?.value ?? this.rows().length));
    this.settle();
    this.changed();
    this.rows().at(-1)?.querySelector("input, select, textarea")?.focus();
  }

  take(row) {
    if (!row || this.rows().length <= Number(this.dataset.min || 0)) return;
    const near = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    this.settle();
    this.changed();
    (near?.querySelector("input, select, textarea") || this.querySelector("[data-add]"))?.focus();
  }

  // Whoever saves by itself hears of a changed number of rows as of a changed field.
  changed() { (this.count || this.box).dispatchEvent(new Event("input", { bubbles: true })); }

  settle() {
    const n = this.rows().length;
    const add = this.querySelector("[data-add]");
    if (add) add.disabled = n >= Number(this.dataset.max || Infinity);
    for (const button of this.querySelectorAll("[data-remove]")) button.disabled = n <= Number(this.dataset.min || 0);
  }
});
}
{ // x-sortable.js
// <x-sortable [data-url]><ol class="sortable"><li data-id>… up/down buttons …: order by buttons, by Alt+arrow, by dragging the handle.
customElements.define("x-sortable", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol, ul, tbody");
    if (!this.list) return;
    this.live = document.createElement("span");
    this.live.className = "visually-hidden";
    this.live.setAttribute("role", "status");
    this.append(this.live);
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("pointerdown", (event) => this.grab(event));
    this.settle();
  }

  item(inside) {
    const row = inside.closest("[data-id]");
    return row?.parentElement === this.list ? row : null;
  }

  clicked(event) {
    const button = event.target.closest('button[name="up"], button[name="down"]');
    const row = button && this.item(button);
    if (!row) return;
    event.preventDefault();
    this.step(row, button.name === "up" ? -1 : 1);
    (button.disabled ? row.querySelector('button[name="up"]:enabled, button[name="down"]:enabled') : button)?.focus();
  }

  pressed(event) {
    const row = event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && this.item(event.target);
    if (!row) return;
    event.preventDefault();
    const { activeElement } = document;
    this.step(row, event.key === "ArrowUp" ? -1 : 1);
    activeElement.focus();
  }

  step(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(row); else other.after(row);
    this.changed(row);
  }

  grab(event) {
    const row = event.target.closest(".handle") && this.item(event.target);
    if (!row || event.button) return;
    event.preventDefault();
    row.classList.add("moving");
    const before = this.order();
    const move = (at) => {
      const over = document.elementFromPoint(at.clientX, at.clientY)?.closest("[data-id]");
      if (!over || over === row || over.parentElement !== this.list) return;
      const box = over.getBoundingClientRect();
      if (at.clientY < box.top + box.height / 2) over.before(row); else over.after(row);
    };
    const drop = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", drop);
      document.removeEventListener("pointercancel", drop);
      row.classList.remove("moving");
      if (before.join() !== this.order().join()) this.changed(row);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", drop);
  }

  order() { return [...this.list.querySelectorAll(":scope > [data-id]")].map((row) => row.dataset.id); }

  changed(row) {
    this.settle();
    const order = this.order();
    this.live.textContent = `${order.indexOf(row.dataset.id) + 1} / ${order.length}`;
    this.dispatchEvent(new CustomEvent("sortable:moved", { bubbles: true, detail: { order } }));
    if (!this.dataset.url) { this.unkept(); return; }
    const body = new URLSearchParams(order.map((id) => ["order", id]));
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    fetch(this.dataset.url, { method: "POST", body }).then((answer) => { if (!answer.ok) location.reload(); }, () => location.reload());
  }

  // An order that a button of the form keeps: whoever leaves without it is asked by the browser.
  unkept() {
    const form = this.closest("form");
    if (!form || this.asks) return;
    this.asks = (event) => event.preventDefault();
    window.addEventListener("beforeunload", this.asks);
    form.addEventListener("submit", () => this.disconnectedCallback());
  }

  disconnectedCallback() { window.removeEventListener("beforeunload", this.asks); this.asks = null; }

  settle() {
    const rows = [...this.list.querySelectorAll(":scope > [data-id]")];
    rows.forEach((row, n) => {
      const [up, down] = ["up", "down"].map((name) => row.querySelector(`button[name="${name}"]`));
      if (up) up.disabled = n === 0;
      if (down) down.disabled = n === rows.length - 1;
    });
  }
});
}
{ // x-tabs.js
// <x-tabs><section id data-tab="Name">…: sections one below the other become tabs; the address keeps which one is open.
customElements.define("x-tabs", class extends HTMLElement {
  connectedCallback() {
    this.parts = [...this.children].filter((part) => part.dataset.tab && part.id);
    if (this.parts.length < 2 || this.bar) return;
    this.bar = document.createElement("div");
    this.bar.className = "tabs";
    this.bar.setAttribute("role", "tablist");
    if (this.dataset.label) this.bar.setAttribute("aria-label", this.dataset.label);
    this.tabs = this.parts.map((part) => this.tab(part));
    this.bar.append(...this.tabs);
    this.prepend(this.bar);
    this.classList.add("ready");
    this.bar.addEventListener("keydown", (event) => this.pressed(event));
    window.addEventListener("hashchange", () => this.fromAddress());
    this.show(this.fromAddress() ?? 0);
  }

  tab(part) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${part.id}-tab`;
    tab.textContent = part.dataset.tab;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", part.id);
    part.setAttribute("role", "tabpanel");
    part.setAttribute("aria-labelledby", tab.id);
    tab.addEventListener("click", () => { this.show(this.tabs.indexOf(tab)); history.replaceState(null, "", `#${part.id}`); });
    return tab;
  }

  fromAddress() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const at = target ? this.parts.findIndex((part) => part.contains(target)) : -1;
    if (at < 0) return null;
    if (this.tabs) this.show(at);
    return at;
  }

  pressed(event) {
    const here = this.tabs.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? this.tabs.length - 1 : step && (here + step + this.tabs.length) % this.tabs.length;
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    this.show(to);
    this.tabs[to].focus();
  }

  show(at) {
    this.tabs.forEach((tab, n) => {
      tab.setAttribute("aria-selected", String(n === at));
      tab.tabIndex = n === at ? 0 : -1;
      this.parts[n].hidden = n !== at;
    });
  }
});
}
{ // x-toast.js
// <x-toast>: a message that goes by itself after eight seconds unless it must stay, is read, or is touched.
customElements.define("x-toast", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.remove());
    const stay = () => clearTimeout(this.timer);
    const leave = () => { if (this.dataset.stays === undefined) this.timer = setTimeout(() => this.remove(), 8000); };
    for (const name of ["pointerenter", "focusin"]) this.addEventListener(name, stay);
    for (const name of ["pointerleave", "focusout"]) this.addEventListener(name, leave);
    leave();
  }

  disconnectedCallback() { clearTimeout(this.timer); }
});

// Menus made of <details data-menu> close when one clicks elsewhere or presses Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// htmx: the token that Django wants, from any form of the page, so that public pages need no cookie to be shown.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
});
}
