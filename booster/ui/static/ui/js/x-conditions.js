// <x-conditions> around a form: shows what has data-when only while its condition holds. The server decides anyway.
// {"field": "consortium", "op": "is", "value": "yes"}, {"all": […]}, {"any": […]}
const OPS = {
  is: (given, value) => given.includes(String(value)),
  is_not: (given, value) => !given.includes(String(value)),
  has: (given, value) => given.some((one) => [].concat(value).map(String).includes(one)),
  filled: (given) => given.some((one) => one.trim() !== ""),
  empty: (given) => given.every((one) => one.trim() === ""),
  over: (given, value) => given.some((one) => one !== "" && Number(one) > Number(value)),
  under: (given, value) => given.some((one) => one !== "" && Number(one) < Number(value)),
};

customElements.define("x-conditions", class extends HTMLElement {
  connectedCallback() {
    this.settle = () => this.show();
    this.addEventListener("input", this.settle);
    this.addEventListener("change", this.settle);
    this.show();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this.settle);
    this.removeEventListener("change", this.settle);
  }

  given(name) {
    const inputs = [...this.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((input) => !input.closest("[hidden]"));
    return inputs.flatMap((input) => {
      if (input.type === "checkbox" || input.type === "radio") return input.checked ? [input.value] : [];
      return input.multiple ? [...input.selectedOptions].map((option) => option.value) : [input.value];
    });
  }

  holds(rule) {
    if (rule.all) return rule.all.every((one) => this.holds(one));
    if (rule.any) return rule.any.some((one) => this.holds(one));
    return (OPS[rule.op || "is"] || OPS.is)(this.given(rule.field), rule.value);
  }

  show() {
    // A field may hang on one that is itself hidden, so settle until nothing moves, at most as often as there are fields.
    const parts = [...this.querySelectorAll("[data-when]")];
    for (let round = 0; round <= parts.length; round += 1) {
      let moved = false;
      for (const part of parts) {
        let visible = true;
        try { visible = this.holds(JSON.parse(part.dataset.when)); } catch { /* a broken rule hides nothing */ }
        if (part.hidden === visible) { part.hidden = !visible; moved = true; }
      }
      if (!moved) return;
    }
  }
});
