// <x-upload data-url data-files>: one file in a line of a table or checklist. It goes to the server as soon as it is chosen; the
// line then holds its number, and is saved with the line. Without scripts the file travels with the form's own button.
customElements.define("x-upload", class extends HTMLElement {
  connectedCallback() {
    this.held = this.querySelector("[data-held]");
    this.number = this.querySelector("input[type=hidden]");
    this.box = this.querySelector("input[type=file]");
    this.trouble = this.querySelector("[data-trouble]");
    if (!this.dataset.url || !this.box) return;
    this.number.addEventListener("input", () => this.sync());
    this.sync();
    this.box.addEventListener("change", () => { if (this.box.files.length) this.bring(this.box.files[0]); });
    if (this.box.files.length) this.bring(this.box.files[0]); // chosen before this script was there
    this.held.addEventListener("click", (event) => {
      if (!event.target.closest("[data-drop]")) return;
      event.preventDefault();
      this.hold(null);
      this.box.focus();
    });
  }

  // A number that came back from this browser after a lost connection: its file is there, only its name is not known here.
  sync() {
    const shown = this.held.querySelector("a")?.getAttribute("href") || "";
    const wanted = this.number.value ? `${this.dataset.files}${this.number.value}/` : "";
    if (shown !== wanted) this.show(this.number.value ? { id: this.number.value, name: this.dataset.label } : null);
  }

  async bring(file) {
    const body = new FormData();
    body.set("box", this.number.name);
    body.set("file", file);
    body.set("csrfmiddlewaretoken", this.closest("form").querySelector("[name=csrfmiddlewaretoken]").value);
    this.tell(this.dataset.busy, true);
    try {
      const answer = await fetch(this.dataset.url, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (answer.ok) { this.hold(told); this.tell(""); } else this.tell(told.message);
    } catch { this.tell(this.dataset.lost); }
    this.box.value = "";
  }

  tell(text, calm = false) {
    this.trouble.textContent = text;
    this.trouble.classList.toggle("calm", calm);
  }

  hold(file) {
    this.number.value = file ? file.id : "";
    this.show(file);
    this.number.dispatchEvent(new Event("input", { bubbles: true }));
  }

  show(file) {
    this.held.replaceChildren();
    if (file) this.held.append(this.link(file), " ", this.button(file));
  }

  link(file) {
    const link = Object.assign(document.createElement("a"), { href: `${this.dataset.files}${file.id}/` });
    if (file.picture) link.append(Object.assign(document.createElement("img"), { src: `${link.href}?small`, alt: "" }));
    link.append(Object.assign(document.createElement("span"), { textContent: file.name }));
    return link;
  }

  button(file) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button third small", textContent: this.dataset.remove });
    button.dataset.drop = "";
    button.append(Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: ` ${this.dataset.label}: ${file.name}` }));
    return button;
  }
});
