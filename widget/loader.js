/*
 * The guest's door: draws the launcher and, when the visitor shows intent, brings in the frame with the chat.
 *
 * The edge serves this file as /s/<site>/hoi.js with the site's look in place of the last line's name, and as /hoi.js
 * with null there; then it asks for the other one. It sets one global (`Hoi`), no cookie, stores nothing, and asks the
 * network for nothing before somebody acts. `Hoi.destroy()` leaves no trace.
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
  const EDGE = edgeOf(script) || HOME;
  const tag = edgeOf(script) ? script : [...its("scripts")].find((each) => edgeOf(each) === EDGE);
  if (!tag) return;
  const before = plain(window.Hoi);
  if (before.version) return warn("it is on this page already; the second tag does nothing.");

  // What the tag says wins over what the page's script says; both win over the site's own settings.
  const settings = Object.assign({}, plain(window.hoiSettings), tag.dataset);
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
  let attached = false;
  let recently = 0;
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
  away.append(icon("M6 6l12 12M18 6L6 18"));
  badge.hidden = notice.hidden = true;
  panel.setAttribute("role", "dialog");
  wrap.dataset.launcher = settings.launcher || look.launcher;
  wrap.dataset.position = settings.position || look.position;
  dress();
  draw();
  attach();

  hear(launcher, "click", toggle);
  hear(away, "click", closePanel);
  hear(wrap, "keydown", (event) => event.key === "Escape" && !(event.isComposing || event.defaultPrevented) && closePanel());
  for (const intent of ["pointerenter", "focus", "touchstart"]) hear(launcher, intent, bring, { passive: true });
  hear(window, "message", onMessage);
  hear(document, "click", onAsk);
  hear(window, "resize", draw);
  hear(document, "securitypolicyviolation", onRefused);
  // Pages that swap their views may take us out with them. One that does so on purpose wins in the end.
  const watch = new MutationObserver(() => recently < 20 && attach());
  watch.observe(its("documentElement"), { childList: true });

  /* The page's API. Every verb may also be called early: `(window.Hoi = window.Hoi || { q: [] }).q.push(["open"])`. */

  const Hoi = {
    version: 1,
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
      tell("scheme", { scheme });
      draw();
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
    reset: () => tell("reset"),
    // Rarely wanted, so it comes only then. `import` is let in by the policy that let this script in.
    check: () => part().then((it) => it.check()),
    destroy,
    q: { push: run },
  };
  window.Hoi = Hoi;
  (before.q || []).forEach(run);
  if (settings.open === true || settings.open === "true" || settings.open === "") openPanel();

  function part() {
    return import(EDGE + "/s/" + site + "/check.js");
  }

  function run(call) {
    const [verb, ...values] = [].concat(call);
    if (typeof Hoi[verb] === "function") Hoi[verb](...values);
    else warn("there is no verb " + verb);
  }

  function destroy() {
    for (const [target, ...heard] of listeners) its("removeEventListener").call(target, ...heard);
    for (const [name, , heard] of handlers) removeEventListener(name, heard);
    clearTimeout(patience);
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
    frame.src = EDGE + "/s/" + site + "/frame?lang=" + encodeURIComponent(wanted) + "&scheme=" + scheme + (settings.lang ? "&lang_pinned=1" : "");
    panel.prepend(frame);
  }

  /** The panel as a part of this page; where its policy forbids that, the frame after all. */
  function bringInline() {
    let gone = false;
    frame = { focus() {}, remove: () => (gone = true) };
    import(EDGE + "/s/" + site + "/inline.js")
      .then((part) => part.mount({ panel, lang: wanted, pinned: settings.lang, scheme, heard: onSaid }))
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
    else if (said.type === "message") emit("message", { author: said.author, seq: said.seq });
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
    frame.contentWindow.postMessage(Object.assign({ hoi: 1, type }, more), EDGE);
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
    wrap.dataset.scheme = scheme;
    wrap.lang = lang;
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

  function attach() {
    const body = its("body") || its("documentElement");
    if (host.isConnected && host.parentNode === body) return;
    body.append(host);
    // A frame that was taken out of the page begins anew when it is put back.
    if (attached && settings.mode !== "inline") {
      there = ready = false;
      draw();
    }
    attached = true;
    recently++;
    setTimeout(() => recently--, 10000);
    // The first time, the observer is still to be made.
    setTimeout(() => host.isConnected && watch.observe(body, { childList: true }));
  }

  function dress() {
    const sheet = new CSSStyleSheet();
    // The build puts loader.css here.
    sheet.replaceSync(__HOI_STYLE__);
    root.adoptedStyleSheets = [sheet];
    for (const name of ["light", "on_light", "dark", "on_dark"]) {
      wrap.style.setProperty("--hoi-" + name.replace("_", "-"), look.accent[name]);
    }
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
    listeners.push([target, name, heard]);
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

  function warn(words) {
    console.warn("Hoi: " + words);
  }

  /** The tag named only the site: its own script brings the look along. */
  function fetchLook() {
    if (!settings.site) return warn("the tag lacks data-site.");
    const script = make("script");
    const url = EDGE + "/s/" + encodeURIComponent(settings.site) + "/hoi.js";
    Object.assign(script.dataset, tag.dataset);
    script.async = true;
    script.nonce = tag.nonce;
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
