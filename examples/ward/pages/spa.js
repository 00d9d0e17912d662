/*
 * A single-page application without a framework. The part of the address behind # names a view, and a view is a
 * <template> of that id. What it replaces grows rougher from view to view; the chat has to live through all of them.
 */
"use strict";

const EVENTS = ["ready", "opened", "closed", "message", "unread", "handoff", "error"];
const app = document.getElementById("app");
const main = document.getElementById("noi-dung");
const name = document.title;
const log = [];

/** What the buttons of the view "tro-ly" do. `Hoi` is gone after `destroy`, and back after `load`. */
const DEEDS = {
  open: () => window.Hoi?.open(),
  close: () => window.Hoi?.close(),
  prefill: () => {
    window.Hoi?.prefill("Làm giấy khai sinh cho con cần giấy tờ gì?");
    window.Hoi?.open();
  },
  hide: () => window.Hoi?.hide(),
  show: () => window.Hoi?.show(),
  setLocale: () => window.Hoi?.setLocale("en"),
  reset: () => window.Hoi?.reset(),
  destroy() {
    window.Hoi?.destroy();
    write("Hoi.destroy()");
  },
  load() {
    document.querySelectorAll('script[src$="/hoi.js"]').forEach((tag) => tag.remove());
    const tag = document.createElement("script");
    tag.async = true;
    tag.src = "http://localhost:8787/s/ward/hoi.js";
    document.head.append(tag);
    write("<script async src=…/hoi.js>");
  },
};

/** Shows the view that the address names. */
function show(moved) {
  // The skip link's target is not a view.
  if (location.hash === "#noi-dung") return main.focus();
  const asked = document.getElementById(location.hash.slice(1) || "trang-chu");
  const template = asked instanceof HTMLTemplateElement ? asked : document.getElementById("trang-chu");
  const view = template.content.cloneNode(true);
  const heading = view.querySelector("h1");
  document.title = `${heading.textContent} – ${name}`;
  if (template.dataset.swap === "body") {
    const body = document.createElement("body");
    body.append(view);
    document.body = body;
  } else if (template.dataset.swap === "children") {
    document.body.replaceChildren(view);
  } else {
    main.replaceChildren(view);
    if (!app.isConnected) document.body.replaceChildren(app);
    for (const link of app.querySelectorAll("nav a")) {
      if (link.hash === "#" + template.id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }
  write();
  if (!moved) return;
  scrollTo(0, 0);
  heading.focus();
}

/** Adds a line to the log, and shows the log where the view has a place for it. */
function write(line) {
  if (line) log.push(line);
  const place = document.getElementById("log");
  if (place && log.length) place.textContent = log.slice(-12).join("\n");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) DEEDS[button.dataset.do]();
});
for (const event of EVENTS) {
  window.addEventListener(`hoi:${event}`, ({ detail }) => write(`hoi:${event} ${JSON.stringify(detail)}`));
}
window.addEventListener("hashchange", () => show(true));
show(false);
