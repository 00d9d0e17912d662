/*
 * `Hoi.check()`: what on this page keeps the chat from working, for the webmaster's console; and what a panel that covers
 * the page owes to it. The loader fetches this file only when one of them is wanted. The edge puts what it knows of the
 * site and of the asking page in place of the next line's name: { edge, site, origin, listed, launcher, words }.
 */
const SITE = __HOI_SITE__;

/** How long the edge has to answer, in milliseconds. */
const PATIENCE = 5000;
/** The violation is reported a little after the frame says that it is done. */
const AFTERWARDS = 200;

/** What is wrong, most important first: `{ ok, findings: [{ code, vi, en, … }] }`, each in the languages of the edge's sentences. Says the same in the console. */
export async function check() {
  const codes = [];
  const add = (wrong, code) => wrong && codes.push(code);
  const inline = setting("mode") === "inline";
  const lacks = inline && (await inlineLacks());
  // Inline, the frame is only what is left when something else is forbidden.
  const frame = inline && !lacks ? "there" : await frameIs();
  add(frame === "refused", "frame");
  add(lacks, lacks);
  add(SITE.origin && !SITE.listed, "origin");
  add(frame === "away", "away");
  add(tags() > 1, "twice");
  add(hidden() && !document.querySelector("[data-hoi-ask]"), "way");
  const findings = codes.map((code) => ({ code, ...SITE.words[code] }));
  for (const { code } of findings) console.warn(`Hoi: ${Object.values(SITE.words[code]).join("\n     ")}`);
  if (!findings.length) console.info(`Hoi: ${Object.values(SITE.words.good).join(" ")}`);
  return { ok: !findings.length, findings };
}

/** Whether a frame of the edge may stand on this page: "there", "refused" or "away". */
function frameIs() {
  return new Promise((done) => {
    const frame = document.createElement("iframe");
    const refused = (event) => {
      const about = /^(frame|child|default)-src/.test(event.effectiveDirective);
      if (about && event.disposition !== "report" && event.blockedURI.startsWith(SITE.edge)) end("refused");
    };
    const end = (verdict) => {
      document.removeEventListener("securitypolicyviolation", refused);
      clearTimeout(timer);
      frame.remove();
      done(verdict);
    };
    const timer = setTimeout(end, PATIENCE, "away");
    document.addEventListener("securitypolicyviolation", refused);
    frame.hidden = true;
    frame.onload = () => setTimeout(end, AFTERWARDS, "there");
    frame.src = SITE.edge + "/health";
    document.body.append(frame);
  });
}

/** How many of our tags a person has put here. */
function tags() {
  const ours = [...document.querySelectorAll("script[src]")].map((script) => script.src.split("?")[0]);
  const own = ours.filter((src) => src === `${SITE.edge}/s/${SITE.site}/hoi.js`).length;
  const bare = ours.filter((src) => src === `${SITE.edge}/hoi.js`).length;
  // A tag without the site's name in its address brings the other one in.
  return bare ? bare + Math.max(0, own - 1) : own;
}

/** What the policy lacks for inline mode: "connect", "wasm" or nothing. */
async function inlineLacks() {
  try {
    await fetch(SITE.edge + "/health", { mode: "no-cors" });
  } catch (error) {
    return "connect";
  }
  // The smallest module there is.
  return WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => "", () => "wasm");
}

/** Whether the tag or the page's settings take the launcher away. */
function hidden() {
  return (setting("launcher") || SITE.launcher) === "none";
}

/** What the tag says of `name`, or the page's settings. */
function setting(name) {
  const tag = document.querySelector(`script[src*="/hoi.js"][data-${name}]`);
  return tag ? tag.dataset[name] : (window.hoiSettings || {})[name];
}

/**
 * Where the panel covers the page, nothing of the page can be reached: no focus goes where nobody sees it. It steps back for what the
 * page asks of its own accord, a notice, the end of a session: for whatever stands in the middle of the view and says that it is a
 * dialog, until that is answered; not for what was there before. Gives what ends all this.
 */
export function stepBack(panel, host) {
  // Also inside of elements of the page's own making. Other trees' elements are found there too, and a form bears its fields' names.
  const asker = (tree = document, { prototype } = Document) => {
    const all = prototype.elementsFromPoint.call(tree, innerWidth / 2, innerHeight / 2);
    const asks = (each) =>
      Element.prototype.closest.call(each, "dialog,[role$=dialog],[aria-modal=true]") ||
      (each.shadowRoot instanceof ShadowRoot && asker(each.shadowRoot, ShadowRoot));
    return all.filter((each) => Node.prototype.contains.call(tree, each)).map(asks).find(Boolean);
  };
  // The value tells our `inert` from the page's own, which needs none.
  const shut = () => {
    for (const each of host.parentNode.children) {
      if (each !== host && !each.hasAttribute("inert")) each.setAttribute("inert", "hoi");
    }
  };
  const free = () => {
    for (const each of document.querySelectorAll("[inert=hoi]")) each.removeAttribute("inert");
  };
  const known = asker();
  let looking = 0;
  const look = () => {
    looking = 0;
    // What is out of reach is not found either.
    free();
    const asks = asker();
    const steps = asks && asks !== known;
    panel.style.visibility = steps ? "hidden" : "";
    if (!steps) shut();
    changes.takeRecords();
  };
  // Not at every change of a page that moves; and not before a dialog that slides in is where it belongs.
  const changes = new MutationObserver(() => (looking = looking || setTimeout(look, 400)));
  changes.observe(document.documentElement, { subtree: true, childList: true, attributes: true });
  const key = (event) => {
    const plain = event.key === "Escape" && !(event.isComposing || event.defaultPrevented);
    if (plain && !panel.style.visibility) window.Hoi.close();
  };
  document.addEventListener("keydown", key);
  shut();
  changes.takeRecords();
  const frame = panel.querySelector("iframe");
  if (frame && document.activeElement !== host) frame.focus();
  return () => {
    changes.disconnect();
    clearTimeout(looking);
    document.removeEventListener("keydown", key);
    panel.style.visibility = "";
    free();
  };
}
