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
/** What is done in the panel and would reach the page. `wheel` and touches are heard passively: nothing waits for us. */
const ACTS =
  "keydown keypress keyup beforeinput input change compositionstart compositionupdate compositionend copy cut paste pointerdown pointermove " +
  "pointerup pointercancel mousedown mousemove mouseup click dblclick auxclick contextmenu touchstart touchmove touchend touchcancel wheel " +
  "dragstart dragenter dragover dragleave drop dragend focusin focusout";
let times = 0;

/** Puts the panel into `panel`; `heard` is told what the widget says. Gives a stand-in for the frame. */
export async function mount({ panel, lang, pinned, scheme, heard }) {
  const asked = await fetch(`${PLACE.edge}/s/${PLACE.site}/session`, {
    method: "POST",
    // Objects may have a `toJSON` of the page's: old libraries give them one.
    body: `{"lang":${JSON.stringify(String(lang))}}`,
  });
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
    for (const [each, value] of Object.entries(attributes)) element.setAttribute(each, value);
    parent.append(element);
    return element;
  };
  const doc = make("div", { class: "hoi-doc", "data-mode": "frame", "data-scheme": scheme, lang }, tree);
  if (pinned) doc.dataset.langPinned = 1;
  // The page has a main part and a banner of its own.
  make("section", { class: "hoi", id: "hoi" }, doc);
  make("div", { class: "hoi-hidden", id: "hoi-polite", "aria-live": "polite" }, doc);
  make("div", { class: "hoi-hidden", id: "hoi-urgent", "aria-live": "assertive" }, doc);
  for (const [name, colour] of Object.entries(accent)) doc.style.setProperty(`--hoi-accent-${name.replace("_", "-")}`, colour);
  host.className = "i";
  // What a page's style sheet says `#hoi-chat::part(…)` of.
  panel.getRootNode().host.id = "hoi-chat";
  host.setAttribute("exportparts", PARTS.join());
  // Every element gets its part as it comes.
  const name = (element) => {
    for (const each of element.classList || []) {
      for (const part of PARTS) if (each === "hoi-" + part) element.setAttribute("part", part);
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

  const release = keepApart(panel, tree);

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
      release();
      host.remove();
    },
  };
}

/**
 * What is done in the panel is none of the page's business: its shortcuts would take letters from who writes here. And what is done on the
 * page closes menus of ours, as what is done elsewhere in the panel does (widget/src/host/menu.rs). Gives what ends all this.
 */
function keepApart(panel, tree) {
  const end = new AbortController();
  const { signal } = end;
  const outer = panel.getRootNode().host;
  // Beyond what the loader hears of it.
  const stop = (event) => panel.contains(event.target) && event.stopPropagation();
  for (const act of ACTS.split(" ")) panel.parentNode.addEventListener(act, stop, { passive: true, signal });
  const elsewhere = (event) => {
    if (event.target === outer) return;
    for (const menu of tree.querySelectorAll("details.hoi-menu[open]")) menu.removeAttribute("open");
  };
  for (const act of ["pointerdown", "focusin"]) addEventListener(act, elsewhere, { capture: true, signal });

  // Who captures on the window comes before all of us. A shortcut asks first whether somebody is writing: what it sees of us, the element
  // that holds the closed tree, answers as the field in there would.
  const field = () => {
    const focused = tree.activeElement;
    return focused && focused.matches("textarea, input, select") ? focused : undefined;
  };
  const answer = (name, get) => Object.defineProperty(outer, name, { configurable: true, get });
  const likeness = ["tagName", "nodeName", "localName", "type", "constructor"];
  for (const name of likeness) answer(name, () => (field() ? field()[name] : Reflect.get(HTMLElement.prototype, name, outer)));
  answer("isContentEditable", () => !!field());
  const { matches, closest } = Element.prototype;
  const isField = (css) => !!field() && matches.call(field(), css);
  answer("matches", () => (css) => isField(css) || matches.call(outer, css));
  answer("closest", () => (css) => (isField(css) ? outer : closest.call(outer, css)));
  return () => {
    end.abort();
    for (const name of [...likeness, "isContentEditable", "matches", "closest"]) delete outer[name];
  };
}
