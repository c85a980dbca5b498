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
