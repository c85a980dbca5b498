// <x-clash> inside <x-autosave>: when somebody else changed the same answer, both texts stand side by side and one chooses.
// Nothing is thrown away before the choice: one's own text lies in the form and in this browser, theirs on the server.
customElements.define("x-clash", class extends HTMLElement {
  connectedCallback() {
    this.autosave = this.closest("x-autosave");
    this.autosave?.addEventListener("autosave:conflict", (event) => this.show(event.detail));
  }

  make(tag, text = "", more = {}) {
    return Object.assign(document.createElement(tag), { textContent: text, ...more });
  }

  choice(clash, value, label, text, checked) {
    const box = this.make("label", "", { className: "stack-tight" });
    const line = this.make("span");
    line.append(this.make("input", "", { type: "radio", name: `choice:${clash.key}`, value, checked }), ` ${label}`);
    const said = this.make("span", text || this.dataset.empty, { className: "answer typed" });
    box.append(line, said);
    return box;
  }

  show(told) {
    if (!told?.clashes?.length) return;
    this.querySelector("dialog")?.remove();
    const dialog = this.make("dialog", "", { className: "dialog" });
    const form = this.make("form", "", { method: "dialog", className: "stack" });
    const title = this.make("h2", this.dataset.title, { id: "clash-title" });
    dialog.setAttribute("aria-labelledby", title.id);
    form.append(title);
    for (const clash of told.clashes) {
      const set = this.make("fieldset", "", { className: "form-section" });
      const pair = this.make("div", "", { className: "split even" });
      pair.append(this.choice(clash, "yours", this.dataset.yours, clash.yours, true), this.choice(clash, "theirs", `${this.dataset.theirs} (${clash.by})`, clash.theirs, false));
      set.append(this.make("legend", clash.label), pair);
      form.append(set);
    }
    form.append(this.make("button", this.dataset.done, { className: "button" }));
    form.addEventListener("submit", () => this.settle(told, new FormData(form)));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.append(form);
    this.append(dialog);
    dialog.showModal();
  }

  names(key) {
    return [...this.autosave.form.elements].map((field) => field.name).filter((name) => name === key || name.startsWith(`${key}-`));
  }

  // Mine goes out once more, now knowing theirs; then the page comes anew with what stands.
  async settle(told, chosen) {
    const { autosave } = this;
    const mine = told.clashes.filter((clash) => chosen.get(`choice:${clash.key}`) === "yours");
    autosave.revision = String(told.revision);
    autosave.stuck = false;
    autosave.dirty = new Set(mine.flatMap((clash) => this.names(clash.key)));
    if (autosave.dirty.size) await autosave.send();
    if (autosave.stuck || autosave.dirty.size) return;
    autosave.forget();
    location.reload();
  }
});
