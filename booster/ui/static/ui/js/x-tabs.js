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
