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
