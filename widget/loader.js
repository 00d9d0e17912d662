/*
 * The guest's door: draws the launcher and, when the visitor shows intent, brings in the frame with the chat.
 *
 * The edge serves this file as /s/<site>/hoi.js with the site's look in place of the last line's name, and as /hoi.js
 * with null there; then it asks for the other one. In place of the last line's other name it puts its own address, so that a copy
 * of this file works wherever it lies: in a bundle, a cache, another host. It sets one global (`Hoi`), no cookie, and stores nothing
 * before the visitor writes, and then that alone, in this tab: who has begun a conversation hears of news on the site's next page, too.
 * It asks the network for nothing before somebody acts, but for place.js where something is in the way, and for the frame where a
 * conversation has begun. `Hoi.destroy()` leaves no trace.
 *
 * It needs `script-src` and `frame-src` of the edge from the page's policy, nothing else: its style is a constructed
 * sheet in a closed shadow root, and no markup is ever parsed.
 *
 * It is one file, a little longer than others here: its parts share one closure, and every visitor of every page pays for each
 * byte that would hold them together.
 */
(function (LOOK, HOME) {
  "use strict";

  // Somebody's words on the page may hold elements that bear the names of what a document has, or of our global. So only
  // the document's own side is asked, a tag must be a script of ours, and settings must be what scripts make.
  const its = (name) => Reflect.get(Document.prototype, name, document);
  const plain = (value) => (value && Object.getPrototypeOf(value) === Object.prototype ? value : {});
  const edgeOf = (each) => ((each && /^(https?:\/\/[^/]+)(\/s\/[^/]+)?\/hoi\.js(\?|$)/.exec(each.src)) || [])[1];
  const script = its("currentScript");
  // Behind a proxy that ends TLS an edge may think that it is reached without.
  const EDGE = edgeOf(script) === HOME.replace("http:", "https:") ? edgeOf(script) : HOME;
  const before = plain(window.Hoi);
  // A page that was written anew has another root: what stood on the old one hears nothing any more.
  if (before.version && before.root === its("documentElement")) return warn("it is on this page already; the second tag does nothing.");
  if (before.version) before.destroy(true);

  // What the tag says wins over what the page's script says; both win over the site's own settings. The tag is a script from the edge, or
  // one that names the site; else whatever script runs this. A word processor's quotes come along with what they quote.
  const settings = { __proto__: null, ...plain(window.hoiSettings) };
  const known = LOOK ? LOOK.look.site : settings.site;
  const isOurs = (each) => edgeOf(each) === EDGE;
  const names = ({ dataset: { site } }) => site && (!known || unquoted(site) === known);
  const scripts = [...its("scripts")];
  const tag = isOurs(script) ? script : scripts.find(isOurs) || scripts.find(names) || script;
  for (const name of Object.keys(tag ? tag.dataset : {})) settings[name] = unquoted(tag.dataset[name]);
  if (!LOOK) return fetchLook();

  /* What stands on the page. */

  const look = LOOK.look;
  const site = look.site;
  const listeners = [];
  const handlers = [];
  // What is wanted; the launcher speaks the site's languages, the panel more.
  let wanted = settings.lang || its("documentElement").lang || navigator.language;
  let lang = bestLanguage(wanted);
  let scheme = settings.scheme || look.scheme;
  let shown = (settings.launcher || look.launcher) !== "none";
  let open = false;
  let unread = 0;
  let there = false;
  let ready = false;
  let waiting = [];
  let opener = null;
  let frame = null;
  let patience = 0;
  let page;
  let recently = 0;
  let soon = 0;
  let stepAside;
  // 1: place.js is on its way; 2: and the panel was opened meanwhile.
  let coming = 0;
  let modal = null;
  let overflow;
  let bare;

  const host = make("div");
  const root = host.attachShadow({ mode: "closed" });
  const wrap = make("div", "w", root);
  const launcher = make("button", "b", wrap);
  const chatIcon = icon("M4 5.500h16v11H11l-4.500 4v-4H4z");
  const closeIcon = icon("M6 6l12 12M18 6L6 18");
  const label = make("span", "t");
  const badge = make("span", "n");
  const panel = make("div", "p", wrap);
  const loading = make("p", "l", panel);
  const away = make("button", "x", panel);
  const notice = make("div", "f", panel);

  launcher.type = away.type = "button";
  launcher.append(chatIcon, label, badge);
  away.append(closeIcon.cloneNode(true));
  badge.hidden = notice.hidden = true;
  panel.setAttribute("role", "dialog");
  wrap.dataset.launcher = settings.launcher || look.launcher;
  wrap.dataset.position = settings.position || look.position;
  wrap.dataset.scheme = scheme;
  // Pages that swap their views may take us out with them. One that does so on purpose wins in the end.
  const watch = new MutationObserver(() => {
    if (recently < 20) attach();
    refreshSoon();
  });
  dress();
  draw();
  attach();
  refresh();

  /* The page's API. Every verb may also be called early: `(window.Hoi = window.Hoi || { q: [] }).q.push(["open"])`. */

  const Hoi = {
    version: 1,
    root: page,
    open: openPanel,
    close: closePanel,
    toggle,
    show() {
      shown = true;
      draw();
    },
    hide() {
      shown = false;
      closePanel();
      draw();
    },
    send(text) {
      tell("ask", { text: String(text) });
      openPanel();
    },
    prefill: (text) => tell("prefill", { text: String(text) }),
    identify: (data) => tell("identify", { data }),
    setContext: (data) => tell("context", { data }),
    setLocale(chosen) {
      lang = bestLanguage((wanted = chosen));
      tell("locale", { lang: chosen });
      draw();
    },
    setColorScheme(chosen) {
      scheme = chosen;
      refresh();
    },
    on(name, handler) {
      const heard = (event) => handler(event.detail);
      handlers.push([full(name), handler, heard]);
      addEventListener(full(name), heard);
    },
    off(name, handler) {
      for (const each of handlers.slice()) {
        if (each[0] !== full(name) || (handler && each[1] !== handler)) continue;
        removeEventListener(each[0], each[2]);
        handlers.splice(handlers.indexOf(each), 1);
      }
    },
    reset() {
      mark("remove");
      tell("reset");
    },
    // Rarely wanted, so it comes only then. `import` is let in by the policy that let this script in, unless this is a copy.
    check: () =>
      part()
        .then((it) => it.check({ host, launcher, panel, tag, settings, shown, open, there }))
        .catch(() => {
          const said = (lang) => (LOOK.texts[lang] || LOOK.texts[look.lang]).cant_load + " Content-Security-Policy: script-src " + EDGE;
          warn(said("en"));
          return { ok: false, findings: [{ code: "script", vi: said("vi"), en: said("en") }] };
        }),
    destroy,
    q: { push: run },
  };
  window.Hoi = Hoi;
  // What was here before had verbs of its own in its place.
  if (Array.isArray(before.q)) before.q.forEach(run);
  if (settings.open === true || settings.open === "true" || settings.open === "") openPanel();
  if (mark("get")) (window.requestIdleCallback || setTimeout)(() => host.isConnected && bring());

  function part() {
    return import(EDGE + "/s/" + site + "/check.js");
  }

  /** The mark of who has begun a conversation in this tab: `set`, `get` or `remove`. Where nothing may be stored there is none. */
  function mark(verb) {
    try {
      return sessionStorage[verb + "Item"]("hoi:" + site + ":begun", 1);
    } catch (forbidden) {}
  }

  function run(call) {
    const [verb, ...values] = [].concat(call);
    if (typeof Hoi[verb] === "function") Hoi[verb](...values);
    else warn("there is no verb " + verb);
  }

  /** Takes everything away; where the conversation `goesOn` on this page, it is still known. */
  function destroy(goesOn) {
    for (const [target, ...heard] of listeners) its("removeEventListener").call(target, ...heard);
    for (const [name, , heard] of handlers) removeEventListener(name, heard);
    clearTimeout(patience);
    clearTimeout(soon);
    if (!goesOn) mark("remove");
    watch.disconnect();
    cover(false);
    if (frame) frame.remove();
    host.remove();
    if (window.Hoi === Hoi) delete window.Hoi;
  }

  /* Opening and closing. */

  function toggle() {
    open ? closePanel() : openPanel();
  }

  function openPanel() {
    attach();
    refresh();
    if (coming) coming = 2;
    bring();
    if (open) return;
    open = true;
    const focused = its("activeElement");
    opener = focused && focused !== its("body") && focused !== host ? focused : null;
    draw();
    enter();
    if (!there) patience = setTimeout(giveUp, 10000);
    emit("opened");
  }

  function closePanel() {
    if (!open) return;
    open = false;
    clearTimeout(patience);
    // Only a focus that was in the panel is without a place now.
    const inside = its("activeElement") === host && root.activeElement !== launcher;
    draw();
    if (ready) post("close");
    if (inside) (opener && opener.isConnected ? opener : launcher).focus();
    emit("closed");
  }

  /**
   * The focus goes into the frame, and there to where the visitor begins. In this order: Firefox lets a frame of another site
   * move the focus only where it has it, and gives it none before it is drawn.
   */
  function enter() {
    panel.offsetTop;
    frame.focus();
    if (ready) post("open");
  }

  /** Brings the frame in, hidden: the visitor is about to open it. */
  function bring() {
    if (frame) return;
    if (settings.mode === "inline") return bringInline();
    frame = make("iframe", "");
    frame.title = text("name");
    // Asked for only when the visitor presses "share my location".
    frame.allow = "geolocation";
    frame.src = EDGE + "/s/" + site + "/frame?lang=" + encodeURIComponent(wanted) + "&scheme=" + wrap.dataset.scheme + (settings.lang ? "&lang_pinned=1" : "");
    panel.prepend(frame);
  }

  /** The panel as a part of this page; where its policy forbids that, the frame after all. */
  function bringInline() {
    let gone = false;
    frame = { focus() {}, remove: () => (gone = true) };
    import(EDGE + "/s/" + site + "/inline.js")
      .then((part) => part.mount({ panel, lang: wanted, pinned: settings.lang, scheme: wrap.dataset.scheme, heard: onSaid }))
      .then(
        (inline) => (gone ? inline.remove() : (frame = inline)),
        () => {
          settings.mode = frame = null;
          if (!gone) bring();
        }
      );
  }

  /** The frame is not there in time, or may not be there: say so, and whom to call. */
  function giveUp() {
    if (there || !notice.hidden) return;
    const page = make("a", "", notice, text("cant_load") + " " + text("open_as_page"));
    page.href = EDGE + "/s/" + site + "?lang=" + encodeURIComponent(wanted);
    page.target = "_blank";
    page.rel = "noopener";
    for (const phone of (look.contact && look.contact.phones) || []) {
      if (/^tel:/.test(phone.href)) make("a", "", notice, phone.label).href = phone.href;
    }
    notice.hidden = false;
    loading.hidden = true;
    warn("the chat is kept from this page. Hoi.check() says why.");
    emit("error", { code: "load" });
  }

  function onRefused(event) {
    if (frame && /^(frame|child|default)-src/.test(event.effectiveDirective) && event.blockedURI.startsWith(EDGE)) giveUp();
  }

  function onAsk(event) {
    const asked = event.target.closest && event.target.closest("[data-hoi-ask]");
    if (!asked) return;
    event.preventDefault();
    asked.dataset.hoiAsk ? Hoi.send(asked.dataset.hoiAsk) : openPanel();
  }

  /* Talking with the frame. Nobody else is heard, and nobody else is told. */

  function onMessage(event) {
    if (frame && event.source === frame.contentWindow && event.origin === EDGE) onSaid(event.data);
  }

  function onSaid(said) {
    if (!said || said.hoi !== 1) return;
    if (said.type === "there" || said.type === "ready") {
      there = true;
      // Another page of ours may have taken the chat's place, or given it back.
      ready = said.type === "ready";
      clearTimeout(patience);
      notice.hidden = true;
      draw();
    }
    if (said.type === "ready") {
      waiting.splice(0).forEach((each) => post(...each));
      if (open) enter();
      emit("ready");
    } else if (said.type === "unread") {
      unread = said.count | 0;
      draw();
      emit("unread", { count: unread });
    } else if (said.type === "close") closePanel();
    else if (said.type === "over") mark("remove");
    else if (said.type === "message") {
      mark("set");
      emit("message", { author: said.author, seq: said.seq });
    }
    else if (said.type === "handoff") emit("handoff");
    else if (said.type === "error") emit("error", { code: said.code });
  }

  /** Now, or as soon as the frame is there; it is not brought in for this. */
  function tell(type, more) {
    attach();
    if (ready) post(type, more);
    else waiting.push([type, more]);
  }

  function post(type, more) {
    frame.contentWindow.postMessage({ hoi: 1, type, ...more }, EDGE);
  }

  function emit(name, detail) {
    dispatchEvent(new CustomEvent(full(name), { detail: detail || {} }));
  }

  function full(name) {
    return name.startsWith("hoi:") ? name : "hoi:" + name;
  }

  /* Drawing. */

  function draw() {
    const named = open ? text("close") : look.launcher === "none" ? text("open") : text("launcher_label");
    label.textContent = text("launcher_label");
    badge.textContent = unread > 9 ? "9+" : unread;
    badge.hidden = !unread || open;
    launcher.setAttribute("aria-label", named + (unread && !open ? ", " + counted(text("unread")) : ""));
    launcher.setAttribute("aria-expanded", open);
    launcher.hidden = !shown;
    launcher.replaceChild(open ? closeIcon : chatIcon, launcher.firstChild);
    panel.setAttribute("aria-label", text("name"));
    panel.classList.toggle("o", open);
    cover(open && matchMedia("(max-width: 30em), (max-height: 26.25em)").matches);
    loading.textContent = text("loading");
    away.setAttribute("aria-label", text("close"));
    loading.hidden = away.hidden = there;
    wrap.lang = lang;
    refreshSoon();
  }

  /** Where the panel covers the page, the page's scroll bar would stand beside it. The widths are loader.css's. */
  function cover(covers) {
    const { style } = its("documentElement");
    if (covers === (overflow !== undefined)) return;
    [style.overflow, overflow] = covers ? ["hidden", style.overflow] : [overflow];
    // And the page would lie under it: what it asks of its own accord, and every field.
    if (covers) part().then((it) => overflow !== undefined && !bare && (bare = it.stepBack(panel, host)), String);
    else if (bare) bare = bare();
  }

  /**
   * Where the page's own boxes can't shift, shrink or hide us: on top of everything, in the body or, where that takes no part, beside
   * it; or in the page's window that shuts out all the rest.
   */
  function attach() {
    const root = its("documentElement");
    const body = its("body");
    const old = host.parentNode;
    // Between two documents there is neither.
    if (!root) return;
    if (modal && !modal.matches(":modal")) modal = null;
    const home = modal || (body && host.showPopover && !body.inert ? body : root);
    if (page !== root) listen(root);
    if (host.isConnected && old === home) return;
    const moved = host.isConnected && home.moveBefore;
    moved ? home.moveBefore(host, null) : home.append(host);
    if (host.showPopover) {
      host.popover = null;
      host.popover = "manual";
      host.showPopover();
    }
    // A frame that was taken out of the page begins anew when it is put back.
    if (old && !moved && settings.mode !== "inline") {
      there = ready = false;
      draw();
    }
    recently++;
    setTimeout(() => recently--, 10000);
  }

  /** Hears of everything; again where the page was written anew, which takes all listeners away. */
  function listen(root) {
    page = root;
    hear(launcher, "click", toggle);
    hear(away, "click", closePanel);
    hear(wrap, "keydown", onKey);
    for (const intent of ["pointerenter", "focus", "touchstart"]) hear(launcher, intent, bring, { passive: true });
    hear(window, "message", onMessage);
    hear(document, "click", onAsk);
    hear(window, "resize", draw);
    hear(document, "securitypolicyviolation", onRefused);
    for (const name of ["load", "scroll", "click", "focusin", "focusout", "transitionend", "visibilitychange"]) {
      hear(window, name, refreshSoon, { capture: true, passive: true });
    }
    hear(matchMedia("(prefers-color-scheme: dark)"), "change", refreshSoon);
    watch.observe(document, { childList: true, subtree: true, attributes: true });
  }

  function onKey(event) {
    if (event.key === "Escape" && !(event.isComposing || event.defaultPrevented)) closePanel();
  }

  /* What the page does about us is looked at a little after it has done something, however much it does. */

  function refreshSoon() {
    soon = soon || setTimeout(refresh, 250);
  }

  function refresh(anew) {
    soon = 0;
    // Whatever a page has made of its elements may keep us from looking well, and from nothing else.
    try {
      if (host.isConnected && !its("hidden")) lookAround(anew);
    } catch (odd) {}
  }

  function lookAround(anew) {
    wrap.style.zoom = 1 / (host.parentNode.currentCSSZoom || getComputedStyle(host.parentNode).zoom);
    const worn = scheme === "auto" ? pageScheme() : scheme;
    if (frame && wrap.dataset.scheme !== worn) tell("scheme", { scheme: worn });
    wrap.dataset.scheme = worn;
    if (stepAside) {
      modal = stepAside(!anew && open && modal);
      attach();
    } else if (!coming && isInTheWay()) {
      coming = 1;
      // The build puts its hashed name here.
      import(new URL("./place.js", EDGE + "/a/")).then((it) => {
        stepAside = it.follow(launcher, wrap, host, settings.aside);
        refresh(coming > 1);
      }, String);
    }
  }

  /** Whether something that does not scroll away may be where the launcher is; place.js looks closely. */
  function isInTheWay() {
    const { scrollHeight, clientHeight } = its("documentElement");
    const { left, top, width } = launcher.getBoundingClientRect();
    // Not drawn, it is in nobody's way; but its panel may be behind a window of the page's.
    if (!width) return its("querySelector").call(document, "dialog[open]");
    // Without a height of its own, it may hold what hangs outside of it in a tree of its own. A form bears its fields' names.
    const stays = (each) =>
      each &&
      (each.shadowRoot ||
        each.offsetHeight === 0 ||
        Element.prototype.matches.call(each, ":focus") ||
        /fixed|sticky/.test(getComputedStyle(each).position) ||
        stays(Reflect.get(Node.prototype, "parentElement", each)));
    for (let at = 0; at < 16; at++) {
      const all = its("elementsFromPoint").call(document, left + ((at % 4) + 0.5) * (width / 4), top + at * 3.5);
      // Below the host and what is there: the page itself.
      if (stays(all.find((each) => each !== host)) || (all[3] && scrollHeight <= clientHeight)) return true;
    }
  }

  /** What the page looks like: by what is painted under its content, else by the letters it would get; else it is the system's. */
  function pageScheme() {
    let light;
    const wide = (each) => each.offsetWidth > innerWidth / 2 && each.offsetHeight > innerHeight * 0.9;
    for (let each = its("documentElement"); each; each = each.parentElement ? Array.from(each.children).find(wide) : its("body")) {
      light = lightness(getComputedStyle(each).backgroundColor, light);
    }
    if (light === undefined) {
      const { color, colorScheme } = getComputedStyle(host);
      light = 1 - lightness(color);
      if (light > 0.5 && colorScheme === "normal") return scheme;
    }
    return light < 0.5 ? "dark" : "light";
  }

  /** How light a computed colour is, about, from 0 to 1: its first number tells, red or lightness; `under`, if it covers little. */
  function lightness(color, under) {
    const [first, , , covers = 1] = color.match(/[ (][\d.]+/g) || [];
    return !first || covers < 0.5 ? under : first.slice(1) / ({ r: 255, l: 100 }[color[0]] || 1);
  }

  function dress() {
    const sheet = new CSSStyleSheet();
    // The build puts loader.css here.
    sheet.replaceSync(__HOI_STYLE__);
    root.adoptedStyleSheets = [sheet];
    for (const name in look.accent) wrap.style.setProperty("--hoi-" + name.replace("_", "-"), look.accent[name]);
  }

  function make(name, className, parent, words) {
    const element = its("createElement").call(document, name);
    if (className) element.className = className;
    if (words) element.textContent = words;
    if (parent) parent.append(element);
    return element;
  }

  function icon(path) {
    const space = "http://www.w3.org/2000/svg";
    const [svg, line] = ["svg", "path"].map((each) => its("createElementNS").call(document, space, each));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  function hear(target, name, heard, options) {
    its("addEventListener").call(target, name, heard, options);
    listeners.push([target, name, heard, options]);
  }

  /* Words. */

  /** The form of a counted word for what is unread. */
  function counted(forms) {
    return (forms[new Intl.PluralRules(lang).select(unread)] || forms.other).replace("{}", unread);
  }

  function text(name) {
    return (LOOK.texts[lang] || LOOK.texts[look.lang] || {})[name] || "";
  }

  function bestLanguage(wanted) {
    const parts = String(wanted || "").split("-");
    return [wanted, parts[0]].find((each) => LOOK.texts[each]) || look.lang;
  }

  function unquoted(value) {
    return String(value).replace(/[\u2018-\u201f\u2033\xab\xbb]/g, "");
  }

  function warn(words) {
    console.warn("Hoi: " + words);
  }

  /** The tag named only the site: its own script brings the look along. */
  function fetchLook() {
    if (!settings.site) return warn(`which site? Write <script async src="${EDGE}/s/SITE/hoi.js"></script>, or hoiSettings = { site: "SITE" } before this.`);
    const script = make("script");
    const url = EDGE + "/s/" + encodeURIComponent(settings.site) + "/hoi.js";
    if (tag) {
      Object.assign(script.dataset, tag.dataset);
      script.nonce = tag.nonce;
    }
    script.async = true;
    script.onerror = () => warn("there is no site " + settings.site + " on " + EDGE + ". See " + EDGE + "/check");
    try {
      script.src = window.trustedTypes
        ? trustedTypes.createPolicy("hoi", { createScriptURL: (each) => each }).createScriptURL(url)
        : url;
    } catch (error) {
      return warn("this page's policy wants src=" + url + " in the tag.");
    }
    its("head").append(script);
  }
})(__HOI_LOOK__, __HOI_EDGE__);
