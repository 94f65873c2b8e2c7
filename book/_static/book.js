// A formula wider than the page scrolls inside itself; this lets the arrow keys do that, too.
(() => {
  "use strict";

  const update = () => {
    for (const formula of document.querySelectorAll("mjx-container")) {
      // Within a line a formula that scrolls would stand too high, so only those that must do.
      if (formula.getAttribute("display") !== "true") {
        formula.classList.remove("wide");
        const room = formula.closest("p, li, td, dd, figcaption, div").clientWidth;
        formula.classList.toggle("wide", room > 0 && formula.offsetWidth > room);
      }
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
      else formula.removeAttribute("tabindex");
    }
  };

  addEventListener("load", () => {
    Promise.resolve(window.MathJax?.startup?.promise).then(update);
    addEventListener("resize", update);
    // What is folded has no width until it opens.
    document.addEventListener("toggle", update, true);
  });
})();
