/*
 * Brings the chat of an edge onto a page built by a bundler. Nothing happens on import; `load` does in a browser what
 * the script tag does. What the chat is made of always comes from the edge, so this package never needs an update for it.
 */

const SETTINGS = ["lang", "scheme", "launcher", "position", "open", "mode"];

/** The load under way, or done. */
let loading = null;
let policy = null;

export function load({ edge, site, nonce, ...settings }) {
  if (typeof document === "undefined") {
    return Promise.reject(new Error("hoi-page: load() needs a browser; call it in an effect, not on the server."));
  }
  if (there()) return Promise.resolve(there());
  if (loading) return loading;
  loading = new Promise((done, failed) => {
    const script = document.createElement("script");
    const url = new URL(`/s/${encodeURIComponent(site)}/hoi.js`, edge).href;
    for (const name of SETTINGS) {
      if (settings[name] !== undefined) script.dataset[name] = String(settings[name]);
    }
    script.async = true;
    if (nonce) script.nonce = nonce;
    script.onload = () => (there() ? done(there()) : failed(gone(url)));
    script.onerror = () => failed(gone(url));
    script.src = trusted(url);
    document.head.append(script);
  });
  loading.catch(() => (loading = null));
  return loading;
}

export function unload() {
  loading = null;
  if (there()) there().destroy();
  for (const script of document.querySelectorAll('script[src*="/hoi.js"]')) script.remove();
}

/** The API, once it is there; an element of the page's content may bear its name. */
function there() {
  const { Hoi } = window;
  return Hoi && Object.getPrototypeOf(Hoi) === Object.prototype && Hoi.version ? Hoi : null;
}

function gone(url) {
  return new Error(`hoi-page: ${url} could not be loaded. See ${new URL("/check", url).href}`);
}

/** Under Trusted Types a script's address must have come through a policy; the page's has to allow "hoi". */
function trusted(url) {
  if (!window.trustedTypes) return url;
  // A page may allow the name once only.
  policy ||= window.trustedTypes.createPolicy("hoi", { createScriptURL: (each) => each });
  return policy.createScriptURL(url);
}
