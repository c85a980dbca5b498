// <x-deadline data-at="ISO">12 days left</x-deadline> counts on; <x-when data-zone="Europe/Paris"><time datetime="ISO">…
// adds the reader's own hour. Both say something true before any script runs.
const language = document.documentElement.lang || "en";
const format = (zone, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const DAY = { year: "numeric", month: "2-digit", day: "2-digit" };

customElements.define("x-deadline", class extends HTMLElement {
  connectedCallback() {
    this.at = Date.parse(this.dataset.at);
    // The server's words stand until less than two days are left; then minutes matter, and only then.
    this.tick = () => this.show();
    this.timer = setInterval(this.tick, 30000);
    this.show();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  show() {
    const left = this.at - Date.now();
    if (!Number.isFinite(left) || left > 172800000) return;
    if (left <= 0) {
      if (!this.over && this.told) document.dispatchEvent(new CustomEvent("deadline:over", { detail: this }));
      this.over = true;
      if (this.told) this.textContent = new Intl.RelativeTimeFormat(language).format(Math.ceil(left / 60000), "minute");
      return;
    }
    const minutes = Math.floor(left / 60000);
    const parts = minutes >= 60 ? { hour: Math.floor(minutes / 60), minute: minutes % 60 } : { minute: Math.max(1, minutes) };
    const words = Object.entries(parts).map(([unit, n]) =>
      new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(n));
    this.told = true;
    this.textContent = (this.dataset.left || "{}").replace("{}", words.join(" "));
  }
});

customElements.define("x-when", class extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = time && new Date(time.dateTime);
    if (!at || Number.isNaN(at.getTime())) return;
    const own = document.body.dataset.zone || Intl.DateTimeFormat().resolvedOptions().timeZone;
    const read = (zone, options) => format(zone, options).format(at);
    let text = "";
    try {
      const [here, there] = [this.dataset.zone, own].map((zone) => [read(zone, DAY), read(zone, CLOCK)]);
      if (here.join() !== there.join()) {
        const day = new Intl.DateTimeFormat(language, { timeZone: own, weekday: "short", day: "numeric", month: "short" });
        const moment = here[0] === there[0] ? there[1] : `${day.format(at)}, ${there[1]}`;
        text = ` ${(document.body.dataset.forYou || "({} for you)").replace("{}", moment)}`;
      }
    } catch { return; } // a zone that this browser does not know: the server's words are enough
    let yours = time.querySelector(".yours");
    if (!yours && text) {
      yours = document.createElement("span");
      yours.className = "yours";
      time.append(yours);
    }
    if (yours) yours.textContent = text;
  }
});
