// Sets the formulas once the page stands. The words can be read before MathJax has come, and it works
// in small pieces, so that the page answers meanwhile.
(() => {
  "use strict";

  const source = new URL("mathjax/startup.js", document.currentScript.src).href;
  // How many formulas are set at once, and after how many milliseconds the page gets its turn.
  const PIECE = 4;
  const SLICE = 12;

  const pause = () => new Promise((done) => setTimeout(done));

  const setAll = async () => {
    const formulas = [...document.querySelectorAll(".math")];
    // What the reader looks at comes first.
    const first = formulas.findIndex((one) => one.getBoundingClientRect().bottom > 0);
    const ordered = [...formulas.slice(first), ...formulas.slice(0, Math.max(first, 0))];
    let begun = performance.now();
    while (ordered.length) {
      await MathJax.typesetPromise(ordered.splice(0, PIECE));
      if (performance.now() - begun > SLICE) {
        await pause();
        begun = performance.now();
      }
    }
  };

  let finish;
  const finished = new Promise((done) => (finish = done));
  const settings = (window.MathJax ??= {});
  settings.loader = { load: ["core", "input/tex", "output/chtml", "a11y/assistive-mml"] };
  // Until MathJax comes, its promise is this one, for whoever waits for the formulas.
  settings.startup = {
    typeset: false,
    promise: finished,
    pageReady: () => MathJax.startup.defaultPageReady().then(setAll).then(finish),
  };

  let loads = false;
  const load = () => {
    if (loads) return;
    loads = true;
    const script = document.createElement("script");
    script.src = source;
    document.head.append(script);
  };
  const afterPaint = () => {
    if (window.PerformanceObserver?.supportedEntryTypes?.includes("paint"))
      new PerformanceObserver(() => setTimeout(load)).observe({ type: "paint", buffered: true });
    // A page in the background is not painted.
    setTimeout(load, 1500);
  };
  if (document.readyState === "complete") afterPaint();
  else addEventListener("load", afterPaint, { once: true });
})();
