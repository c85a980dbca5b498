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
