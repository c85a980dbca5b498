// <x-counter for="id" data-unit="words" data-most="300" data-says="{n} of {most} words">: how much room is left.
// Counts as booster/ui/counting.py does: NFC, without weightless marks, every line end one character.
const WEIGHTLESS = /[\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;
const SPACE = /[\s\u001C-\u001F\u0085]+/u;

function settled(text) {
  return text.replace(/\r\n?/g, "\n").replace(WEIGHTLESS, "").normalize("NFC");
}

function count(text, unit) {
  const plain = settled(text);
  return unit === "words" ? plain.split(SPACE).filter(Boolean).length : [...plain].length;
}

customElements.define("x-counter", class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute("for"));
    if (!this.field) return;
    this.told = this.querySelector("span");
    this.live = document.createElement("span");
    this.live.className = "visually-hidden";
    this.live.setAttribute("role", "status");
    this.append(this.live);
    this.draw = () => this.show();
    this.field.addEventListener("input", this.draw);
    this.show();
  }

  disconnectedCallback() {
    this.field?.removeEventListener("input", this.draw);
    clearTimeout(this.wait);
  }

  show() {
    const most = Number(this.dataset.most);
    const n = count(this.field.value, this.dataset.unit);
    this.told.textContent = this.dataset.says.replace("{n}", n).replace("{most}", most);
    this.classList.toggle("over", n > most);
    // Speak only near the end and only when the hand rests: a number for every key would drown the text.
    clearTimeout(this.wait);
    if (n >= most * 0.9) this.wait = setTimeout(() => { this.live.textContent = this.told.textContent; }, 1200);
  }
});
