/*
 * What the wasm has the browser do where that is shorter said in the browser's own language. The build puts these lines
 * into the glue; widget/src/host/shell.rs declares them. They decide nothing.
 */

/** The rare parts (widget/parts), each a file that comes when it is first wanted. */
const hoiParts = {
  /* The rest of the wasm (xtask/src/build/split): it takes from what is here, and puts itself where it is called. */
  late: async () => {
    [hoiBeside] = await Promise.all([import("./beside.js"), load(new URL("./late.wasm", import.meta.url), { ...imports, 0: wasm })]);
    return { here: () => true };
  },
  personal: () => import("./personal.js"),
  post: () => import("./post_transport.js"),
  voice: () => import("./voice.js"),
  push: () => import("./push.js"),
};

/** Has a rare part do something with these values. What comes of it is heard; nothing, where the part can't be had. */
function hoiPart(part, verb, values, heard) {
  hoiParts[part]()
    .then((it) => it[verb](...values))
    .then(heard, () => heard());
}

/** Asks the edge; posts, if there is a body. The text of a good answer is heard, nothing of any other. */
function hoiAsk(url, body, heard) {
  // A page of the edge's own says what it posts, for firewalls; another one would first have to ask whether it may.
  if (body && url.startsWith(location.origin + "/")) body = new Blob([body], { type: "application/json" });
  fetch(url, body && { method: "POST", body })
    .then((answer) => (answer.ok ? answer.text() : undefined))
    .then(heard, () => heard());
}

/** Hears of an event until the signal, if there is one. */
function hoiListen(target, name, heard, signal) {
  target.addEventListener(name, heard, { signal });
}

/** What the page's loader has said, as JSON of texts; nothing of what isn't the loader's. */
function hoiSaid(said) {
  if (!said || said.hoi !== 1) return "";
  const plain = ([, value]) => /^(string|number|boolean)$/.test(typeof value);
  const values = Object.entries(Object(said.data)).filter(plain);
  const text = ({ [said.type]: name = "text" }) => String(said[name] === undefined ? "" : said[name]);
  return JSON.stringify({
    type: String(said.type),
    text: text({ locale: "lang", scheme: "scheme" }),
    data: values.map(([name, value]) => [name, String(value)]),
  });
}

/** Tells the page's loader; through a port there is no origin to name. */
function hoiTell(loader, json, origin) {
  const message = JSON.parse(json);
  origin ? loader.postMessage(message, origin) : loader.postMessage(message);
}

/**
 * Hours and minutes where the visitor is; with the day in front if it isn't today. Not by `Intl`: of a language that a browser
 * has no dates of (Khmer and Lao in Chromium), it says them in another one, month first.
 */
function hoiTime(at, lang) {
  const date = new Date(at);
  const [day, month] = [date.getDate(), date.getMonth() + 1];
  const time = [date.getHours(), date.getMinutes()].map((each) => String(each).padStart(2, "0")).join(":");
  if (date.toDateString() === new Date().toDateString()) return time;
  const letters = { ja: "月日", ko: "월일", zh: "月日" }[lang.slice(0, 2)];
  return letters ? month + letters[0] + day + letters[1] + " " + time : day + "/" + month + ", " + time;
}

/**
 * Has something done as soon as nobody is composing in `tree`: no input method is told when a field is replaced or its value set,
 * and letters would be lost or doubled. The mark is put there by widget/frame.js and widget/inline.js.
 */
function hoiComposed(tree, then) {
  if (!tree.querySelector("[data-composing]")) return then();
  // Some browsers bring the last letters after that event.
  tree.addEventListener("compositionend", () => setTimeout(hoiComposed, 0, tree, then), { once: true });
}

/** As ISO 8601 has it. */
function hoiIso(at) {
  return new Date(at).toISOString();
}

/** Where in the window an element begins and ends. */
const hoiTop = (element) => element.getBoundingClientRect().top;
const hoiBottom = (element) => element.getBoundingClientRect().bottom;

/** The last element for `css` in `root`. */
const hoiLast = (root, css) => [...root.querySelectorAll(css)].pop();

/** Where the keyboard of a phone covers part of the page, the panel takes only what is left. */
function hoiFit(root) {
  const { scale, height } = visualViewport;
  // Zoomed in by fingers: the visitor looks at a part of the page, which must not shrink to it.
  if (scale > 1.01 || innerHeight - height < 1) root.style.removeProperty("--hoi-height");
  else root.style.setProperty("--hoi-height", height + "px");
}

/** Files that are dropped on the panel, or pasted into it, go the way of those chosen in `field`. A copied text may bring its picture along. */
function hoiTake(root, field) {
  const take = (event) => {
    const { files, types } = event.dataTransfer || event.clipboardData;
    if (!types.includes("Files") || types.includes("text/plain")) return;
    event.preventDefault();
    const into = root.querySelector(field);
    if (!into || !files.length || event.type === "dragover") return;
    into.files = files;
    into.dispatchEvent(new Event("change"));
  };
  for (const name of ["dragover", "drop", "paste"]) root.addEventListener(name, take);
}

/* What few want comes with the rest of the wasm: parts/beside.js. */
const hoiVisit = (...all) => hoiBeside.visit(...all);
const hoiSave = (...all) => hoiBeside.save(...all);
const hoiDay = (...all) => hoiBeside.day(...all);
const hoiPlural = (...all) => hoiBeside.plural(...all);
let hoiBeside;
