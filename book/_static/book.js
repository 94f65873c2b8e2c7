// A formula wider than the page scrolls inside itself; this lets the arrow keys do that, too.
(() => {
  "use strict";

  const update = () => {
    for (const formula of document.querySelectorAll("mjx-container[display='true']")) {
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0;
      else formula.removeAttribute("tabindex");
    }
  };

  addEventListener("load", () => {
    Promise.resolve(window.MathJax?.startup?.promise).then(update);
    addEventListener("resize", update);
  });
})();
