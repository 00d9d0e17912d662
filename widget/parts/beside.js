/*
 * What the browser does for few visitors; it comes with the rest of the wasm. See widget/shell.js.
 */

let visits = 0;

/**
 * Posts a form; what comes takes this document's place, or a window of its own. Without a network the browser's own error page
 * would take its place: then the line is opened anew, which says so, and for a while it is tried again.
 */
export async function visit(root, action, json, apart) {
  const own = ++visits;
  for (let tries = 0; !apart && !(await isReached()); tries++) {
    if (!tries) for (const type of ["freeze", "resume"]) document.dispatchEvent(new Event(type));
    await new Promise((then) => setTimeout(then, 2000));
    if (tries > 8) return;
  }
  if (own !== visits) return;
  const make = (name, more) => Object.assign(document.createElement(name), more);
  const form = make("form", { method: "post", action, target: apart ? "_blank" : "" });
  for (const [name, value] of Object.entries(JSON.parse(json))) form.append(make("input", { type: "hidden", name, value }));
  root.append(form);
  form.submit();
  form.remove();
}

/** Whether the edge answers. */
function isReached() {
  const signal = AbortSignal.timeout ? AbortSignal.timeout(8000) : undefined;
  return fetch(import.meta.url, { method: "HEAD", cache: "no-store", signal }).then(() => true, () => false);
}

/** Hands the visitor a text as a file. The mark at its beginning tells old editors that it is UTF-8. */
export function save(name, text) {
  const link = document.createElement("a");
  link.href = "data:text/plain;charset=utf-8," + encodeURIComponent("\ufeff" + text);
  link.download = name + ".txt";
  link.click();
}

/**
 * A day as it is said, the month in letters; without a time it is one of UTC. A browser that knows no dates of a language would
 * silently say them in another one.
 */
export function day(date, lang) {
  if (!Intl.DateTimeFormat.supportedLocalesOf(lang).length) return date.split("-").map(Number).reverse().join("/");
  const said = /^en\b/.test(lang) ? "en-GB" : lang;
  return new Date(date).toLocaleDateString(said, { dateStyle: "long", timeZone: "UTC" });
}

/** The plural category of a number, by CLDR's names. */
export function plural(lang, count) {
  return new Intl.PluralRules(lang).select(count);
}
