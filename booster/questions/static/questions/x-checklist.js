// <x-checklist data-said>: counts the answered lines while one answers, for itself and for all lists of the page, and answers the
// open lines with yes at once. What is answered stays.
customElements.define("x-checklist", class extends HTMLElement {
  connectedCallback() {
    this.lines = [...this.querySelectorAll(".line")];
    this.said = this.querySelector("[data-answered]");
    this.button = this.querySelector("[data-all-yes]");
    this.said.setAttribute("role", "status");
    for (const how of ["input", "change"]) this.addEventListener(how, () => this.count());
    this.button.addEventListener("click", (event) => { event.preventDefault(); this.allYes(); });
    this.count();
  }

  open() { return this.lines.filter((line) => !line.querySelector("[type=radio]:checked")); }

  allYes() {
    const yes = this.open().map((line) => line.querySelector("[type=radio][value=yes]"));
    for (const box of yes) box.checked = true;
    yes.at(0)?.dispatchEvent(new Event("input", { bubbles: true }));
    this.count();
  }

  say(place, done, every) {
    const text = this.dataset.said.replace("__done__", done).replace("__every__", every);
    if (place && place.textContent !== text) place.textContent = text;
  }

  count() {
    const left = this.open().length;
    this.button.disabled = !left;
    this.say(this.said, this.lines.length - left, this.lines.length);
    const page = this.closest("form")?.querySelector("[data-answered-all]");
    if (!page) return;
    const lists = [...this.closest("form").querySelectorAll("x-checklist")].filter((list) => list.lines);
    const every = lists.reduce((sum, list) => sum + list.lines.length, 0);
    this.say(page, every - lists.reduce((sum, list) => sum + list.open().length, 0), every);
  }
});
