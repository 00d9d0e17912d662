/*
 * What a panel that covers the page owes to it; and the way to the self-check behind `Hoi.check()`, for the webmaster's console. The
 * loader fetches this file only when one of them is wanted. The edge puts what it knows of the site and of the asking page in place of
 * the next line's name: { edge, site, origin, listed, launcher, off, protocol, self_check, words }.
 */
const SITE = __HOI_SITE__;

/** What is wrong, as widget/parts/self_check.js finds it; `seen` is what the loader knows of itself. */
export function check(seen) {
  return import(SITE.self_check).then((part) => part.check(SITE, seen));
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
  const leaveHistory = closeOnBack();
  return () => {
    leaveHistory();
    changes.disconnect();
    clearTimeout(looking);
    document.removeEventListener("keydown", key);
    panel.style.visibility = "";
    free();
  };
}

/** Our entry in the history, while it lies there: where it began, how long the history was with it, what is about to take it out. */
let entry;

/**
 * Back closes what covers the page. For that an entry lies in the history meanwhile, like the page's own, with our mark. Not a
 * `CloseWatcher`: Chromium asks only the frame that has the focus, which is the chat's (close_listener_manager.h, 2026-11), Safari and
 * Firefox none, and `history.back()` nobody. What the page itself lays on it stays: a form in the chat's frame is left by Back before
 * the chat is. A router of the page's finds its own state and its own address, as if it were told to go where it is; often it is told
 * nothing. Gives what takes the entry out again.
 */
function closeOnBack() {
  const isOurs = (state) => state instanceof Object && typeof state.hoiCover === "string";
  const textOf = (state) => {
    try {
      return JSON.stringify(state);
    } catch (circular) {
      return "?";
    }
  };
  const quiet = (event) => event.stopImmediatePropagation();
  const { pushState, back } = History.prototype;
  const begin = () => {
    const own = history.state;
    entry = { url: location.href, state: isOurs(own) ? own.hoiCover : textOf(own), length: 0 };
    // It lies there from before the page was loaded again.
    if (isOurs(own)) return;
    // What listens to every navigation is not told of this one.
    const { Navigation, navigation } = window;
    // A page may have a variable or an element of that name.
    const told = Navigation && navigation instanceof Navigation ? navigation : { addEventListener() {}, removeEventListener() {} };
    told.addEventListener("navigate", quiet, true);
    try {
      // Not the page's own `pushState`, which routers and counters of visits put there.
      pushState.call(history, { ...own, hoiCover: entry.state }, "");
      entry.length = history.length;
    } catch (forbidden) {
      entry = undefined;
    }
    told.removeEventListener("navigate", quiet, true);
  };
  const isBelow = (ours, state) => location.href === ours.url && textOf(state) === ours.state;
  const popped = (event) => {
    const isPlaceInPage = () => event.state === null && location.hash && location.href !== entry.url;
    if (!entry || isOurs(event.state) || isPlaceInPage()) return;
    // Where the visitor went further back, the page is to know. Chromium has told those who listened before us.
    if (isBelow(entry, event.state)) quiet(event);
    entry = undefined;
    window.Hoi.close();
  };
  const leave = () => {
    const ours = entry;
    // What lies on it keeps it there; and no browser keeps more than fifty, whatever is added.
    if (!isOurs(history.state)) entry = undefined;
    if (!entry || history.length !== ours.length || history.length > 49) return;
    entry = undefined;
    const left = (event) => isBelow(ours, event.state) && quiet(event);
    addEventListener("popstate", left, { capture: true, once: true });
    back.call(history);
  };
  if (entry) clearTimeout(entry.leaving);
  if (!entry || !isOurs(history.state)) begin();
  addEventListener("popstate", popped, true);
  return () => {
    removeEventListener("popstate", popped, true);
    // Not at once: the page may be about to go on to another view, and a step back would come after it.
    if (entry) entry.leaving = setTimeout(leave, 100);
  };
}
