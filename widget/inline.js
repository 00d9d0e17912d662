/*
 * The panel without a frame: in a shadow tree of the agency's own page, for sites that want to style it with `::part()`.
 * The loader fetches this file when the tag says data-mode="inline". The page's policy must then let the edge in with
 * `connect-src` and allow 'wasm-unsafe-eval'; where it does not, `mount` fails and the loader takes the frame instead.
 * Style comes as a constructed sheet and by `style.setProperty`, which need no `style-src`.
 *
 * The edge puts where things are in place of the next line's name: { edge, site, widget }.
 */
const PLACE = __HOI_PLACE__;
/** What `::part()` names, by class. */
const PARTS = ["header", "log", "message", "bubble", "choice", "composer", "text", "send", "card", "button"];
let times = 0;

/** Puts the panel into `panel`; `heard` is told what the widget says. Gives a stand-in for the frame. */
export async function mount({ panel, lang, pinned, scheme, heard }) {
  const asked = await fetch(`${PLACE.edge}/s/${PLACE.site}/session`, { method: "POST", body: JSON.stringify({ lang }) });
  if (!asked.ok) throw new Error(`Hoi: ${asked.status}`);
  const boot = await asked.text();
  const { accent } = JSON.parse(boot).look;
  // The smallest module there is: a policy without 'wasm-unsafe-eval' refuses it, too.
  await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));

  const host = document.createElement("div");
  const tree = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__HOI_STYLE__);
  tree.adoptedStyleSheets = [sheet];
  const make = (name, attributes, parent) => {
    const element = document.createElement(name);
    for (const each in attributes) element.setAttribute(each, attributes[each]);
    parent.append(element);
    return element;
  };
  const doc = make("div", { class: "hoi-doc", "data-mode": "frame", "data-scheme": scheme, lang }, tree);
  if (pinned) doc.dataset.langPinned = 1;
  // The page has a main part and a banner of its own.
  make("section", { class: "hoi", id: "hoi" }, doc);
  make("div", { class: "hoi-hidden", id: "hoi-polite", "aria-live": "polite" }, doc);
  make("div", { class: "hoi-hidden", id: "hoi-urgent", "aria-live": "assertive" }, doc);
  for (const name in accent) doc.style.setProperty(`--hoi-accent-${name.replace("_", "-")}`, accent[name]);
  host.className = "i";
  // What a page's style sheet says `#hoi-chat::part(…)` of.
  panel.getRootNode().host.id = "hoi-chat";
  host.setAttribute("exportparts", PARTS.join());
  // Every element gets its part as it comes.
  const name = (element) => {
    for (const each of element.classList || []) {
      const part = each.slice(4);
      if (each.startsWith("hoi-") && PARTS.includes(part)) element.setAttribute("part", part);
    }
  };
  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      for (const added of change.addedNodes) {
        name(added);
        if (added.querySelectorAll) added.querySelectorAll("[class]").forEach(name);
      }
    }
  });
  watch.observe(doc, { childList: true, subtree: true });
  // As widget/frame.js does it in a document of ours.
  tree.addEventListener("compositionstart", (event) => event.target.setAttribute("data-composing", ""));
  tree.addEventListener("compositionend", (event) => event.target.removeAttribute("data-composing"));
  tree.addEventListener("mousedown", (event) => {
    if (event.target.closest("button") && tree.querySelector("[data-composing]")) event.preventDefault();
  });

  const { port1: port, port2 } = new MessageChannel();
  panel.prepend(host);
  window.Hoi.inline = { tree, panel: doc, port: port2, edge: PLACE.edge, boot };
  // A module runs once for each address; this one begins anew for each panel.
  await import(`${PLACE.widget}${times++ ? `?${times}` : ""}`);
  // Only now: what has been said meanwhile waits, and then finds the stand-in in its place.
  port.onmessage = (event) => heard(event.data);
  return {
    contentWindow: { postMessage: (message) => port.postMessage(message) },
    focus() {},
    remove() {
      port.postMessage(0);
      watch.disconnect();
      host.remove();
    },
  };
}
