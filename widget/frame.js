/*
 * In the document before the widget comes, and where it never does (an old WebView, a blocked download): Enter sends;
 * what is being composed is marked, since input methods speak to the document from its first moment on; in a frame, the
 * page is told that the document is there, and the panel can be closed. Everything else works by itself.
 */
(function () {
  "use strict";
  // The mark keeps the widget from replacing or filling a field: no input method would be told (widget/shell.js).
  document.addEventListener("compositionstart", function (event) {
    event.target.setAttribute("data-composing", "");
  });
  document.addEventListener("compositionend", function (event) {
    event.target.removeAttribute("data-composing");
  });
  // A button that is pressed leaves the focus where somebody composes: some engines forget the word when it goes.
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest("button") && document.querySelector("[data-composing]")) event.preventDefault();
  });
  const field = document.getElementById("hoi-text");
  if (field) {
    field.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (!event.repeat) field.form.querySelector(".hoi-send").click();
    });
    // What was sent is on its way, and this document is about to go: the widget has no business in it any more.
    document.addEventListener("submit", function (event) {
      if (!event.defaultPrevented) field.setAttribute("data-composing", "");
    });
    addEventListener("pageshow", function (event) {
      if (event.persisted) field.dispatchEvent(new Event("compositionend", { bubbles: true }));
    });
  }

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
      if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229 && close.isConnected) tell("close");
    });
  }
  tell("there");
})();
