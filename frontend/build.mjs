// Copies what the pages need out of the locked packages: `npm ci && npm run build`.
// The output is committed, so neither a server nor a test ever needs node. `npm run check` says what is stale.
import { readFileSync, writeFileSync, mkdirSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as sass from "sass";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../booster/ui/static/ui");
const modules = join(here, "node_modules");
const checking = process.argv.includes("--check");
const stale = [];

function put(name, content) {
  const path = join(out, name);
  const bytes = Buffer.from(content);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  stale.push(name);
  if (checking) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

// The letters of Europe. Fontsource's "latin-ext" carries 1,000 letters that no EU language writes; these are enough
// and keep a page with one Polish name inside its budget. Whatever lies outside falls back to the reader's own font.
const letters = (...spans) => spans.flatMap(([from, to = from]) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i))).join("");
const SUBSETS = {
  latin: letters([0x20, 0x7e], [0xa0, 0xff], [0x131], [0x152, 0x153], [0x2013, 0x2014], [0x2018, 0x201a],
    [0x201c, 0x201e], [0x2020], [0x2022], [0x2026], [0x202f], [0x2030], [0x2039, 0x203a], [0x20ac], [0x2192], [0x2212]),
  "latin-ext": letters([0x100, 0x130], [0x132, 0x151], [0x154, 0x17f], [0x218, 0x21b], [0x1e9e]),
  greek: letters([0x384, 0x38a], [0x38c], [0x38e, 0x3a1], [0x3a3, 0x3ce]),
  cyrillic: letters([0x400, 0x45f], [0x490, 0x491], [0x4b0, 0x4b1], [0x2116]),
};
const FACES = [
  ["source-sans-3", "sans", "normal", Object.keys(SUBSETS)],
  ["source-sans-3", "sans", "italic", ["latin", "latin-ext"]],
  ["source-serif-4", "serif", "normal", Object.keys(SUBSETS)],
  ["source-serif-4", "serif", "italic", ["latin", "latin-ext"]],
];
for (const [pkg, ours, style, subsets] of FACES) {
  for (const subset of subsets) {
    const file = join(modules, `@fontsource-variable/${pkg}/files/${pkg}-${subset}-wght-${style}.woff2`);
    const axes = { wght: { min: 400, max: 700 } };
    const font = await subsetFont(readFileSync(file), SUBSETS[subset], { targetFormat: "woff2", variationAxes: axes });
    put(`vendor/fonts/${ours}-${subset}-${style}.woff2`, font);
  }
}
for (const [pkg, ours] of [["source-sans-3", "sans"], ["source-serif-4", "serif"]])
  put(`vendor/fonts/LICENSE-${ours}.txt`, readFileSync(join(modules, `@fontsource-variable/${pkg}/LICENSE`)));

const css = sass.compile(join(here, "bootstrap.scss"), {
  loadPaths: [modules], style: "compressed", silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"], quietDeps: true,
});
put("vendor/bootstrap.css", css.css.replace(/^\uFEFF/, "") + "\n");
put("vendor/htmx.min.js", readFileSync(join(modules, "htmx.org/dist/htmx.min.js")));

const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
const symbols = names.map((name) => {
  const svg = readFileSync(join(modules, `@tabler/icons/icons/outline/${name}.svg`), "utf8");
  const body = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace("</svg>", "")
    .replace(/<path stroke="none"[^>]*\/>/, "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
  return `<symbol id="${name}" viewBox="0 0 24 24">${body}</symbol>`;
});
put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`);

if (stale.length) console.log(`${checking ? "stale" : "written"}: ${stale.join(", ")}`);
process.exitCode = checking && stale.length ? 1 : 0;
