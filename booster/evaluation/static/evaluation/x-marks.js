// <x-marks> round a form with scales: in a scale one types 0 to 5, then a point (or comma) for the half above; Delete takes the
// mark back. The arrows move as in every group of radio buttons. Without this script the scales are plain radio buttons.
customElements.define("x-marks", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.typed(event));
    this.addEventListener("change", () => this.add());
    this.add();
  }

  // A line with data-sum tells the weighted sum of the marks given so far.
  add() {
    const line = this.querySelector("[data-sum]");
    if (!line) return;
    const scales = [...this.querySelectorAll(".scale")];
    const given = scales.map((scale) => [scale.querySelector("input:checked")?.value, Number(scale.dataset.weight)]);
    const sum = given.reduce((all, [mark, weight]) => all + (Number(mark || 0) / 5) * weight, 0);
    const shape = given.every(([mark]) => mark) ? line.dataset.says : line.dataset.soFar;
    line.querySelector("strong").textContent = shape.replace("{n}", String(Math.round(sum * 10) / 10));
    line.hidden = !given.some(([mark]) => mark);
  }

  typed(event) {
    const here = event.target;
    if (here.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
    const scale = here.closest(".scale");
    if (!scale) return;
    const wanted = this.wanted(event.key, scale);
    if (wanted === null) return;
    event.preventDefault();
    const radio = [...scale.querySelectorAll("input[type=radio]")].find((one) => one.value === wanted);
    if (!radio) return;
    radio.focus();
    if (radio.checked) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  wanted(key, scale) {
    if (/^[0-5]$/.test(key)) return `${key}.0`;
    if (key === "Delete" || key === "Backspace") return "";
    if (key !== "." && key !== ",") return null;
    const now = scale.querySelector("input:checked")?.value;
    if (!now) return null;
    const whole = Math.floor(Number(now));
    return whole < 5 ? `${whole}.5` : "5.0";
  }
});
