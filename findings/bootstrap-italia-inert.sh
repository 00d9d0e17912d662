#!/usr/bin/env bash
# A dialog of Bootstrap Italia takes `inert` from elements that the page itself had made inert.
#
# While a modal is open, everything beside it is given `inert`, and when it closes, `inert` is removed from all of that. It counts how many
# modals want it, but not whether it was there before. A closed side menu, a step of a form that is not yet due, or the page behind another
# script's panel can be reached by the keyboard and by screen readers from then on. Who needs it to stay puts it back at `hidden.bs.modal`.
#
# Seen with bootstrap-italia 2.18.3 in jsdom 26.1.0:
#   before: menu inert, main not; open: menu inert, main inert; closed: menu not, main not
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts bootstrap-italia@2.18.3 jsdom@26.1.0 > /dev/null
cat > show.mjs <<'JS'
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";
const page = `<!doctype html><body>
  <nav id="menu" inert>Menu</nav><main id="main">Text</main>
  <div class="modal" tabindex="-1" id="dialog"><div class="modal-dialog"><div class="modal-content">Sure?</div></div></div>`;
const { window } = new JSDOM(page, { runScripts: "outside-only", pretendToBeVisual: true, url: "https://example.org/" });
// What it needs of a browser and jsdom has not.
window.scrollTo = () => {};
window.matchMedia = () => ({ matches: false, addEventListener() {}, addListener() {} });
window.eval(readFileSync("node_modules/bootstrap-italia/dist/js/bootstrap-italia.bundle.min.js", "utf8") + ";window.bootstrap = bootstrap");
const { document, bootstrap } = window;
const happens = (name) => new Promise((done) => document.addEventListener(name, done, { once: true }));
const say = (when) =>
  console.log(`${when}: ${["menu", "main"].map((id) => id + (document.getElementById(id).hasAttribute("inert") ? " inert" : " not")).join(", ")}`);
const dialog = bootstrap.Modal.getOrCreateInstance(document.getElementById("dialog"));
say("before");
let waited = happens("shown.bs.modal");
dialog.show();
await waited;
say("open");
waited = happens("hidden.bs.modal");
dialog.hide();
await waited;
say("closed");
window.close();
JS
node show.mjs | tee seen
diff seen - <<'EXPECTED'
before: menu inert, main not
open: menu inert, main inert
closed: menu not, main not
EXPECTED
