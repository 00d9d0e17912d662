/*
 * What the browser does for few visitors; it comes with the rest of the wasm. See widget/shell.js.
 */

/** Posts a form; what comes takes this document's place, or a window of its own. */
export function visit(root, action, json, apart) {
  const make = (name, more) => Object.assign(document.createElement(name), more);
  const form = make("form", { method: "post", action, target: apart ? "_blank" : "" });
  for (const [name, value] of Object.entries(JSON.parse(json))) form.append(make("input", { type: "hidden", name, value }));
  root.append(form);
  form.submit();
  form.remove();
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
