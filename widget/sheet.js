/*
 * On a page beside the chat. A code that came with the link goes into its field, and out of the address: pressing the
 * button is left to the visitor, since a link that is merely looked at must not use the code up. What is wrong with a
 * form has the focus; a receipt can be printed. What is too large is said before it is sent, not after. A conversation is
 * deleted here, too, once the server has deleted it.
 */
(function () {
  "use strict";
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

  // What the chat of `site` keeps in this browser, but for the language and the size of its text.
  async function forget(site) {
    const own = "hoi:" + site + ":";
    try {
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
