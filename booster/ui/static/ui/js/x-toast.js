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
