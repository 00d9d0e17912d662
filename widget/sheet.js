/*
 * On a page beside the chat. A code that came with the link goes into its field, and out of the address: pressing the
 * button is left to the visitor, since a link that is merely looked at must not use the code up. What is wrong with a
 * form has the focus; a receipt can be printed. What is too large is said before it is sent, not after.
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
})();
