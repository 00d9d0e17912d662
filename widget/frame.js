/*
 * In the frame before the widget comes, and where it never does (an old WebView, a blocked download): tells the page
 * that the document is there, and closes the panel. Everything else in the document works by itself.
 */
(function () {
  "use strict";
  if (parent === window) return;

  // Nothing here is a secret, and which page holds the frame is not known yet: `frame-ancestors` has decided that.
  function tell(type) {
    parent.postMessage({ hoi: 1, type: type }, "*");
  }

  // The widget draws a button of its own, without this class.
  const close = document.querySelector(".hoi-close.hoi-later");
  if (close) {
    close.disabled = false;
    close.addEventListener("click", function () {
      tell("close");
    });
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && !event.isComposing && close.isConnected) tell("close");
    });
  }
  tell("there");
})();
