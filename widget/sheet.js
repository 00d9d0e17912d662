/*
 * On a page beside the chat: a code that came with the link goes into its field, and out of the address. Pressing the
 * button is left to the visitor: a link that is merely looked at must not use the code up.
 */
(function () {
  "use strict";
  const field = document.getElementById("hoi-code");
  if (!field || location.hash.length < 2 || field.value) return;
  field.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  document.querySelector(".hoi-go").focus();
})();
