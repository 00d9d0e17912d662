/*
 * Telling this device of news while no page of the chat is open, by the Push API. It comes when there may be news some day. The
 * service worker and its words are the edge's: news.js.
 */
let key;

/** Which conversation this browser is told of. */
const kept = (base) => "hoi:" + base.split("/").pop() + ":device";

const registered = (base) => navigator.serviceWorker.getRegistration(base + "/");
const register = (base, lang) => navigator.serviceWorker.register(`${base}/push.js?lang=${lang}`);

/** What there is to say of it, a line each: how it stands, then the edge's words. Nothing where it can't be had. */
export async function look(base, lang, conversation) {
  if (!window.PushManager || !window.Notification || !navigator.serviceWorker) return;
  // Who has said no is not asked again.
  if (Notification.permission === "denied") return;
  const answer = await fetch(`${base}/push?lang=${lang}`);
  if (!answer.ok) return;
  const told = await answer.json();
  key = told.key;
  const registration = await registered(base);
  const own = registration && (await registration.pushManager.getSubscription());
  const on = own && isOurs(own) && localStorage.getItem(kept(base)) === conversation;
  if (on) await register(base, lang);
  // It was for a conversation that this browser has forgotten, or for another key of the edge's.
  else if (own) await own.unsubscribe();
  return [on ? "on" : "off", ...told.words].join("\n");
}

/** Whether a subscription was made with the edge's key. */
function isOurs(own) {
  const bytes = String.fromCharCode(...new Uint8Array(own.options.applicationServerKey || []));
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "") === key;
}

/** Has it told: "on", or why not. */
export async function on(base, lang, conversation, ticket) {
  const allowed = await Notification.requestPermission();
  if (allowed !== "granted") return allowed === "denied" ? "denied" : "off";
  const registration = await register(base, lang);
  await active(registration);
  const old = await registration.pushManager.getSubscription();
  if (old) await old.unsubscribe();
  const own = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  if (await tell(base, ticket, own, true)) {
    localStorage.setItem(kept(base), conversation);
    return "on";
  }
  await own.unsubscribe();
}

/** Only an active one can be subscribed; this page is not among those it is for, so nobody says when. */
function active(registration) {
  const worker = registration.installing || registration.waiting;
  if (registration.active || !worker) return;
  return new Promise((done, failed) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") done();
      if (worker.state === "redundant") failed();
    });
  });
}

/** Has it told no more, and leaves nothing behind. */
export async function off(base, ticket) {
  localStorage.removeItem(kept(base));
  const registration = await registered(base);
  const own = registration && (await registration.pushManager.getSubscription());
  // Where the edge can't be told, the push service will tell it.
  if (own) await Promise.allSettled([tell(base, ticket, own, false), own.unsubscribe()]);
  if (registration) await registration.unregister();
  return "off";
}

async function tell(base, ticket, { endpoint }, on) {
  const body = new Blob([JSON.stringify({ ticket, endpoint, on })], { type: "application/json" });
  return (await fetch(base + "/push", { method: "POST", body })).ok;
}
