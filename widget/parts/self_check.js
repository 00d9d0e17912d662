/*
 * What `Hoi.check()` finds: whether a visitor of this page can chat. It tries what a visitor meets, and takes nothing for granted that
 * can be tried. `site` is what the edge knows (widget/check.js), `seen` what the loader is: { host, launcher, panel, tag, settings,
 * shown, open, there }; one of an older release, which somebody has copied, tells nothing.
 */

/** How long the frame and the edge have to answer, in milliseconds. */
const PATIENCE = 8000;
/** What refuses a frame is reported a little after the frame says that it is done; and our document speaks before it is. */
const AFTERWARDS = 600;
/** A panel that slides in is a little off its place. */
const SLACK = 24;

// Elements of the page's content may bear the names of what a document has.
const its = (name) => Reflect.get(Document.prototype, name, document);
const all = (css) => [...its("querySelectorAll").call(document, css)];

/**
 * What is wrong, most important first: `{ ok, findings: [{ code, vi, en, … }], notes }`, each in the languages of the edge's sentences.
 * Notes are of what works and is worth knowing. Says the same in the console.
 */
export async function check(site, seen = {}) {
  const [findings, notes] = [[], []];
  const say = (list, code, values = {}) => {
    const said = { code };
    for (const [lang, words] of Object.entries(site.words[code])) {
      said[lang] = words.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
    }
    list.push(said);
  };
  // Each by itself: whatever the page has done to what a browser has, the others are still tried.
  const tried = async (probe) => {
    try {
      return await probe();
    } catch (broken) {
      return undefined;
    }
  };
  const setting = (name) => (seen.settings ? seen.settings[name] : namedSetting(name));
  // What the page asked for: where that is forbidden, the loader has put a frame in its place.
  const inline = ((seen.tag && seen.tag.dataset.mode) || setting("mode")) === "inline";
  const lacks = inline && (await tried(() => inlineLacks(site)));
  // Inline, the frame is only what is left when something else is forbidden.
  const frame = (inline && !lacks) || seen.there ? "there" : await tried(() => frameIs(site));
  // Not where the frame is there: most pages may ask the edge for nothing, and a try would stand in their reports.
  const edge = frame === "there" && !inline ? undefined : await tried(() => edgeIs(site));
  if (frame === "refused") say(findings, "frame");
  if (lacks) say(findings, lacks);
  if (site.origin && !site.listed) say(findings, "origin");
  if (edge === "away") say(findings, "away");
  else if (frame === "shut" && (site.listed || !site.origin)) say(findings, "blocked");
  if (site.off) say(findings, "off");
  if (tagCount(site) > 1) say(findings, "twice");
  const asked = all("[data-hoi-ask]").length;
  const hidden = seen.launcher ? !seen.shown : (setting("launcher") || site.launcher) === "none";
  if (hidden && !asked && !seen.open) say(findings, "way");
  const place = seen.launcher && (await tried(() => placeIs(seen)));
  if (place) say(findings, place.code, { element: place.element && describe(place.element) });
  if (edge === "no_socket") say(notes, "socket");
  const from = seen.tag && seen.tag.src;
  if (seen.launcher && !(from && from.startsWith(site.edge + "/"))) say(notes, "copy", { place: from || location.href });
  for (const each of findings) console.warn(`Hoi: ${sentences(each)}`);
  for (const each of notes) console.info(`Hoi: ${sentences(each)}`);
  if (!findings.length) console.info(`Hoi: ${Object.values(site.words.good).join(" ")}`);
  return { ok: !findings.length, findings, notes };
}

function sentences({ code, ...said }) {
  return Object.values(said).join("\n     ");
}

/** Whether the chat's document may stand on this page: "there", "refused" by the page's policy, or "shut" by something else. */
function frameIs(site) {
  return new Promise((done) => {
    const frame = its("createElement").call(document, "iframe");
    const refused = (event) => isRefused(event, site, /^(frame|child|default)-src/) && end("refused");
    // A page that says why there is no chat is loaded, too: only our own document says that it is there.
    const heard = ({ source, origin, data }) =>
      source === frame.contentWindow && origin === site.edge && data && data.hoi === 1 && end("there");
    const end = (verdict) => {
      its("removeEventListener").call(document, "securitypolicyviolation", refused);
      removeEventListener("message", heard);
      clearTimeout(timer);
      frame.remove();
      done(verdict);
    };
    const timer = setTimeout(end, PATIENCE, "shut");
    its("addEventListener").call(document, "securitypolicyviolation", refused);
    addEventListener("message", heard);
    frame.style.display = "none";
    frame.onload = () => setTimeout(end, AFTERWARDS, "shut");
    frame.src = `${site.edge}/s/${site.site}/frame`;
    (its("body") || its("documentElement")).append(frame);
  });
}

function isRefused(event, site, directive) {
  const about = directive.test(event.effectiveDirective) && event.disposition !== "report";
  return about && event.blockedURI.replace(/^ws/, "http").startsWith(site.edge);
}

/** Does something, and tells whether the page's policy for connections forbade it: then nothing is known of the edge. */
async function attempt(site, ask) {
  let forbidden = false;
  const refused = (event) => (forbidden = forbidden || isRefused(event, site, /^(connect|default)-src/));
  its("addEventListener").call(document, "securitypolicyviolation", refused);
  const answer = await ask().catch(() => undefined);
  if (!answer) await new Promise((done) => setTimeout(done, AFTERWARDS));
  its("removeEventListener").call(document, "securitypolicyviolation", refused);
  return { answer, forbidden };
}

/** How it stands with the edge, as far as this page may ask: "well", "away", "no_socket", or nothing where it may not. */
async function edgeIs(site) {
  const stop = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
  const health = () => fetch(site.edge + "/health", { mode: "no-cors", signal: stop });
  const { answer, forbidden } = await attempt(site, health);
  if (!answer) return forbidden ? undefined : "away";
  if (!site.listed) return "well";
  const url = `${site.edge}/s/${site.site}/session`;
  const session = () => fetch(url, { method: "POST", body: '{"lang":"vi"}', signal: stop }).then((it) => it.ok && it.json());
  const boot = (await attempt(site, session)).answer;
  if (!boot) return "well";
  const socket = () =>
    new Promise((done, failed) => {
      const path = `/s/${site.site}/ws/${boot.conversation}`;
      const line = new WebSocket(site.edge.replace(/^http/, "ws") + path, [site.protocol, boot.ticket]);
      line.onopen = () => done(line.close() || true);
      line.onerror = failed;
      setTimeout(failed, PATIENCE);
    });
  const opened = await attempt(site, socket);
  return opened.answer || opened.forbidden ? "well" : "no_socket";
}

/** What the policy lacks for inline mode: "connect", "wasm" or nothing. */
async function inlineLacks(site) {
  try {
    await fetch(site.edge + "/health", { mode: "no-cors" });
  } catch (error) {
    return "connect";
  }
  // The smallest module there is.
  return WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => "", () => "wasm");
}

/** What keeps the launcher, or the panel, from being seen and pressed; and which element does. */
function placeIs({ host, launcher, panel, shown, open }) {
  const dialog = all("dialog[open]").find((each) => isTrue(each, ":modal") && !each.contains(host));
  const inert = host.closest("[inert]:not([inert=hoi])");
  if (dialog || inert) return { code: "inert", element: dialog || inert };
  // In the top layer nothing of what is above has a hold on it.
  const above = host.matches("[popover]") && isTrue(host, ":popover-open") ? [host] : lineage(host);
  const faint = above.find((each) => Number(getComputedStyle(each).opacity) < 0.2);
  if (faint) return { code: "covered", element: faint };
  if (!open && !shown) return undefined;
  if (!open) {
    const { left, top, width, height } = launcher.getBoundingClientRect();
    const [x, y] = [left + width / 2, top + height / 2];
    if (Math.min(width, height) < 16 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) return outside(host);
    const found = its("elementFromPoint").call(document, x, y);
    if (found !== host) return found ? { code: "covered", element: found } : outside(host);
  }
  const box = panelBox(panel, open);
  const inside = box.left > -SLACK && box.top > -SLACK && box.right < innerWidth + SLACK && box.bottom < innerHeight + SLACK;
  if (!inside || box.width < 100 || box.height < 100) return outside(host);
  return undefined;
}

/** What does that to its boxes; else where we stand. */
function outside(host) {
  const moves = (each) => {
    const style = getComputedStyle(each);
    const none = (name) => !style[name] || /^(none|normal|auto|1)$/.test(style[name]);
    return !["transform", "filter", "backdropFilter", "perspective", "zoom", "contain", "translate", "scale", "rotate"].every(none);
  };
  const above = lineage(host).slice(1);
  return { code: "outside", element: above.find(moves) || above[0] || host };
}

/** Where the panel is, or would be if it were opened: nothing of that is drawn. */
function panelBox(panel, open) {
  if (open) return panel.getBoundingClientRect();
  const { visibility } = panel.style;
  panel.style.visibility = "hidden";
  panel.classList.add("o");
  const box = panel.getBoundingClientRect();
  panel.classList.remove("o");
  panel.style.visibility = visibility;
  return box;
}

function lineage(element) {
  const found = [];
  for (let each = element; each instanceof Element; each = each.parentNode) found.push(each);
  return found;
}

/** Whether `element` is that, to a browser that knows the word. */
function isTrue(element, css) {
  try {
    return element.matches(css);
  } catch (unknown) {
    return false;
  }
}

/** An element, as a webmaster finds it: never what stands in it. */
function describe(element) {
  // A form bears its fields' names.
  const [localName, id, classList] = ["localName", "id", "classList"].map((name) => Reflect.get(Element.prototype, name, element));
  return localName + (id && "#" + id) + [...classList].slice(0, 3).map((each) => "." + each).join("");
}

/** How many of our tags a person has put here. */
function tagCount(site) {
  const ours = all("script[src]").map((script) => script.src.split("?")[0]);
  const own = ours.filter((src) => src === `${site.edge}/s/${site.site}/hoi.js`).length;
  const bare = ours.filter((src) => src === `${site.edge}/hoi.js`).length;
  // A tag without the site's name in its address brings the other one in.
  return bare ? bare + Math.max(0, own - 1) : own;
}

/** What the tag says of `name`, or the page's settings. */
function namedSetting(name) {
  const tag = all(`script[src*="/hoi.js"][data-${name}]`)[0];
  return tag ? tag.dataset[name] : (window.hoiSettings || {})[name];
}
