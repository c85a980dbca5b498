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
