/*
 * On a page beside the chat. A code that came with the link goes into its field, and out of the address: pressing the
 * button is left to the visitor, since a link that is merely looked at must not use the code up. What is wrong with a
 * form has the focus; a receipt can be printed. What is too large is said before it is sent, not after. A conversation is
 * deleted here, too, once the server has deleted it.
 *
 * A form with `data-stays` is sent from here, and its page stays in view until the next one has come: without a network
 * nobody loses what was typed. It is tried again until an answer comes; the edge takes the same twice for once. What is
 * typed is kept in this tab, for a reload, until the edge has it. Without this script the browser posts the same forms.
 *
 * Its letters are as large as the visitor has made those of the chat.
 */
(function () {
  "use strict";
  const sheet = () => document.querySelector("main.hoi-sheet");
  let sending = false;
  let waiting = null;
  let timer = 0;
  let pause = 2000;

  try {
    // As the chat keeps and wears it: widget/src/chat/state/display.rs.
    const kept = localStorage.getItem("hoi:" + location.pathname.split("/")[2] + ":display");
    const scale = ["1", "1.15", "1.3", "1.5", "1.75", "2"][parseInt(kept, 10)];
    if (scale) document.documentElement.style.setProperty("--hoi-scale", scale);
  } catch {
    // Storage is blocked: the browser's own size.
  }
  begin();
  document.addEventListener("input", keep);
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || !("stays" in form.dataset) || !window.fetch) return;
    event.preventDefault();
    const button = event.submitter;
    committed(() => send(form, button));
  });
  addEventListener("online", () => waiting && waiting());

  /** What a page needs once it is there. */
  function begin() {
    const field = document.getElementById("hoi-code");
    if (field && location.hash.length > 1 && !field.value) {
      field.value = location.hash.slice(1);
      history.replaceState(null, "", location.pathname + location.search);
      (document.getElementById("hoi-fact") || document.querySelector(".hoi-go")).focus();
    }
    const problems = document.querySelector(".hoi-problems");
    if (problems) problems.focus();
    for (const chooser of document.querySelectorAll(".hoi-upload")) {
      const large = document.getElementById(chooser.dataset.large);
      chooser.addEventListener("change", function () {
        large.hidden = !Array.from(chooser.files).some((file) => file.size > Number(chooser.dataset.most));
        if (!large.hidden) chooser.value = "";
      });
    }
    const print = document.getElementById("hoi-print");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", function () {
        window.print();
      });
    }
    document.querySelectorAll("form.hoi-question[data-stays]").forEach(restore);
    comeAgain();
    // A conversation is deleted by the server first; only then is what this device has kept deleted, and that is said.
    // Until the server has said so it is tried again: nothing was deleted that it did not hear of, and twice does no harm.
    const erase = document.querySelector(".hoi-erase");
    if (erase) {
      const waits = erase.querySelector(".hoi-waits");
      const button = erase.querySelector("button");
      let pause = 1000;
      const tryIt = async function () {
        let answer;
        try {
          answer = await fetch(erase.action, { method: "POST", body: new URLSearchParams(new FormData(erase)) });
        } catch {
          answer = null;
        }
        if (!answer || answer.status === 429 || answer.status >= 500) {
          waits.hidden = false;
          setTimeout(tryIt, pause);
          pause = Math.min(2 * pause, 30000);
          return;
        }
        if (answer.ok) await forget(erase.action.split("/")[4]);
        // The same again shows the same answer as a page.
        erase.submit();
      };
      erase.addEventListener("submit", function (event) {
        event.preventDefault();
        button.disabled = true;
        tryIt();
      });
    }
    const erased = document.getElementById("hoi-erased");
    if (erased) forget(erased.dataset.site);
  }

  /* What was typed and not sent yet: in this tab only. */

  function place(form) {
    return "hoi:" + new URL(form.action).pathname.split("/")[2] + ":form:" + form.dataset.stays;
  }

  function fields(form) {
    return Array.from(form.elements).filter((each) => each.name && !/^(hidden|submit|button)$/.test(each.type));
  }

  function keep(event) {
    const form = event.target.form;
    if (!form || !form.matches(".hoi-question[data-stays]")) return;
    const typed = {};
    for (const each of fields(form)) {
      if (each.type === "file") typed[each.name] = each.files.length > 0;
      else if (each.type === "checkbox") typed[each.name] = each.checked;
      else if (each.type !== "radio") typed[each.name] = each.value;
      else if (each.checked) typed[each.name] = each.value;
    }
    try {
      sessionStorage.setItem(place(form), JSON.stringify(typed));
    } catch {
      // Storage is blocked or full: the page itself still holds it.
    }
  }

  function restore(form) {
    let typed;
    try {
      typed = JSON.parse(sessionStorage.getItem(place(form)));
    } catch {
      // Nothing was kept.
    }
    for (const each of typed ? fields(form) : []) {
      if (!(each.name in typed)) continue;
      const value = typed[each.name];
      if (each.type === "file") form.querySelector(".hoi-files-again").hidden = !value;
      else if (each.type === "checkbox") each.checked = value;
      else if (each.type === "radio") each.checked = each.value === value;
      // What came with a link is newer.
      else if (each.id !== "hoi-code" || !each.value) each.value = value;
    }
  }

  function dropDraft(form) {
    try {
      sessionStorage.removeItem(place(form));
    } catch {
      // Nothing was kept.
    }
  }

  /*
   * A form is a page that was posted: reloaded, or come back to, the browser would ask whether to send it again, or show an error
   * of its own (a phone that has thrown the tab out of memory does). So the tab keeps which form it was, and its address brings it.
   */

  function comeAgain() {
    const procedure = document.querySelector('form.hoi-question [name="procedure"]');
    const again = document.querySelector(".hoi-form-again");
    const form = procedure ? procedure.form : again;
    if (!form) return;
    const path = new URL(form.action).pathname;
    const own = "hoi:" + path.split("/")[2] + ":again";
    try {
      if (procedure) {
        const which = {};
        for (const name of ["ticket", "pass", "lang", "mode", "scheme", "procedure", "view"]) {
          if (form.elements[name]) which[name] = form.elements[name].value;
        }
        sessionStorage.setItem(own, JSON.stringify(which));
        const { lang, mode, scheme } = which;
        history.replaceState(null, "", path + "?" + new URLSearchParams({ lang: lang.split(",")[0], mode, scheme }));
        return;
      }
      const which = Object.entries(JSON.parse(sessionStorage.getItem(own)));
      for (const [name, value] of which) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      form.hidden = false;
      send(form, form.querySelector(".hoi-go"));
    } catch {
      // Storage is blocked, or this tab has had no form: the way back to the chat is there.
    }
  }

  /* Sending. */

  /** Does something with what is seen, also of a word that is still composed; some engines forget it when the focus goes. */
  function committed(then) {
    const field = document.querySelector("[data-composing]");
    if (!field) return then();
    const seen = field.value;
    const ended = () => {
      field.value = seen;
      then();
    };
    field.addEventListener("compositionend", () => setTimeout(ended), { once: true });
    field.blur();
  }

  async function send(form, button) {
    // A second press changes nothing.
    if (sending) return;
    clearTimeout(timer);
    // The page may not go while letters are being composed.
    if (document.querySelector("[data-composing]")) return tryAgain(form, button);
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const files = form.enctype === "multipart/form-data";
    const patience = AbortSignal.timeout ? AbortSignal.timeout(files ? 300000 : 30000) : undefined;
    const body = files ? data : new URLSearchParams(data);
    let answer, page;
    sending = true;
    sheet().setAttribute("aria-busy", "true");
    // Files take their time; words that have not arrived by then meet a system that is busy.
    const slow = files ? 0 : setTimeout(tellUnsent, 8000, form);
    try {
      answer = await fetch(form.action, { method: "POST", body, signal: patience });
      // Its colours are those of this page: another page's style would be held against this one's policy.
      const html = (await answer.text()).replace(/<style[^]*?<\/style>/, "");
      page = new DOMParser().parseFromString(html, "text/html");
    } catch {
      answer = null;
    }
    clearTimeout(slow);
    sending = false;
    sheet().removeAttribute("aria-busy");
    const next = page && page.querySelector("main.hoi-sheet");
    if (!answer || answer.status === 429 || (answer.status >= 500 && !next)) {
      tellUnsent(form);
      return tryAgain(form, button);
    }
    waiting = null;
    pause = 2000;
    if (next) show(form, answer, page, next);
    else leave(form, button);
  }

  /** Says that the page is not sent yet, and that it will be. */
  function tellUnsent(form) {
    const told = form.querySelector(".hoi-unsent");
    if (!told.hidden) return;
    told.hidden = false;
    told.scrollIntoView({ block: "nearest" });
    told.querySelector("button").addEventListener("click", () => waiting && waiting());
  }

  function tryAgain(form, button) {
    waiting = () => send(form, button);
    timer = setTimeout(waiting, pause);
    pause = Math.min(2 * pause, 30000);
  }

  function show(form, answer, page, next) {
    if (answer.ok) dropDraft(form);
    document.title = page.title;
    sheet().replaceWith(document.adoptNode(next));
    scrollTo(0, 0);
    const heading = next.querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
    begin();
  }

  /** The chat, or what is no page beside it: the same again by the browser's own way. */
  function leave(form, button) {
    if (button && button.name) {
      const pressed = document.createElement("input");
      Object.assign(pressed, { type: "hidden", name: button.name, value: button.value });
      form.append(pressed);
    }
    form.submit();
  }

  // What the chat of `site` keeps in this browser, but for the language and the size of its text.
  async function forget(site) {
    const own = "hoi:" + site + ":";
    try {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(own)) sessionStorage.removeItem(key);
      for (const key of Object.keys(localStorage)) {
        if (key.startsWith(own) && key !== own + "lang" && key !== own + "display") localStorage.removeItem(key);
      }
      const registration = await navigator.serviceWorker.getRegistration("/s/" + site + "/");
      const subscription = registration && (await registration.pushManager.getSubscription());
      if (subscription) await subscription.unsubscribe();
      if (registration) await registration.unregister();
    } catch {
      // Storage or notifications are blocked here: then nothing was kept.
    }
  }
})();
