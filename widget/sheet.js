/*
 * On a page beside the chat. A code that came with the link goes into its field, and out of the address: pressing the
 * button is left to the visitor, since a link that is merely looked at must not use the code up. What is wrong with a
 * form has the focus; a receipt can be printed.
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
  const print = document.getElementById("hoi-print");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", function () {
      window.print();
    });
  }
})();
