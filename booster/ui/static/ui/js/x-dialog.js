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
