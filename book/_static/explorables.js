// Brings the figures with sliders to life, each when the reader comes near it. Until then, without
// scripts, and on paper, its still picture stands there.
(() => {
  "use strict";

  const here = document.currentScript.src;
  const NEAR = "600px";
  const LEAST_WIDTH = 180;
  // Half of a line at the edge of a panel, in pixels.
  const OVERHANG = 2;

  let library;
  const loadVega = () =>
    (library ??= new Promise((done, fail) => {
      const script = document.createElement("script");
      script.src = new URL("vega/vega.js", here).href;
      script.onload = () => done(window.explorablesVega);
      script.onerror = () => fail(new Error(`${script.src} does not load`));
      document.head.append(script);
    }));

  const make = (parent, name, className) => {
    const element = parent.appendChild(document.createElement(name));
    element.className = className;
    return element;
  };

  // How far from the left edge of the chart its panels begin: they stand below one another, and
  // the first one tells for all.
  const panelsBegin = (view, padding) => {
    const [root] = view.scenegraph().root.items;
    const panels = root.items.find((mark) => /_group$/.test(mark.name ?? ""));
    return padding.left + view.origin()[0] + (panels ? panels.items[0].x : 0);
  };

  // The panels are as wide as there is room beside their axes.
  const fit = async (view, padding, place) => {
    const beside = panelsBegin(view, padding) + padding.right + OVERHANG;
    const width = Math.floor(place.clientWidth - beside);
    if (place.clientWidth && width !== view.width())
      await view.width(Math.max(LEAST_WIDTH, width)).runAsync();
  };

  const drag = (view, spec, name, slider, place) => {
    const across = spec.scales.find((scale) => /(^|_)x$/.test(scale.name)).name;
    const [least, most, step] = [slider.min, slider.max, slider.step].map(Number);
    let held = false;
    const move = (event) => {
      const left = place.getBoundingClientRect().left + panelsBegin(view, spec.padding);
      const value = view.scale(across).invert(event.clientX - left);
      const stepped = least + Math.round((value - least) / step) * step;
      const kept = Number(Math.min(most, Math.max(least, stepped)).toFixed(6));
      if (kept !== view.signal(name)) view.signal(name, kept).runAsync();
    };
    place.classList.add("explorable-drag");
    place.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      held = true;
      place.setPointerCapture(event.pointerId);
      move(event);
    });
    place.addEventListener("pointermove", (event) => held && move(event));
    for (const end of ["pointerup", "pointercancel"])
      place.addEventListener(end, () => (held = false));
  };

  // The title of a chart reads out numbers: it is spoken once the slider rests.
  const speak = (view, place, output) => {
    const say = () => {
      const lines = [...place.querySelectorAll(".role-title-text tspan, .role-title-text text")];
      const text = lines.filter((line) => !line.querySelector("tspan")).map((l) => l.textContent);
      if (output.textContent !== text.join("; ")) output.textContent = text.join("; ");
    };
    let rest;
    const later = () => {
      clearTimeout(rest);
      rest = setTimeout(say, 400);
    };
    say();
    // Only now, so that a chart that comes into sight does not interrupt.
    output.setAttribute("aria-live", "polite");
    view.addResizeListener(later);
    place.parentElement.addEventListener("input", later);
    place.addEventListener("pointerup", later);
  };

  const enliven = async (holder) => {
    const vega = await loadVega();
    const spec = JSON.parse(holder.querySelector("script").textContent);
    const still = holder.parentElement.querySelector("img");
    const place = make(holder, "div", "explorable-chart");
    const form = make(holder, "div", "explorable-controls");
    form.setAttribute("role", "group");
    form.setAttribute("aria-label", holder.dataset.controls);
    const output = make(holder, "p", "explorable-readout");
    holder.hidden = false;
    const view = new vega.View(vega.parse(spec), { renderer: "svg" })
      .logLevel(vega.Warn)
      .initialize(place, form);
    await view.runAsync();
    // To a screen reader the chart is one picture, with the description of the still one.
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", still?.alt || spec.description);
    place.removeAttribute("aria-roledescription");
    place.querySelector("svg").setAttribute("aria-hidden", "true");
    await fit(view, spec.padding, place);
    const dragged = spec.usermeta?.drag;
    if (dragged) drag(view, spec, dragged, form.querySelector(`input[name="${dragged}"]`), place);
    speak(view, place, output);
    new ResizeObserver(() => fit(view, spec.padding, place)).observe(place);
    holder.view = view;
    holder.parentElement.classList.add("explorable-live");
  };

  const holders = [...document.querySelectorAll(".explorable")];
  const start = (holder) =>
    enliven(holder).catch((error) => {
      holder.hidden = true;
      console.error(error);
    });
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        holders.filter((one) => one.parentElement === target).forEach(start);
      }
    },
    { rootMargin: NEAR },
  );
  // A hidden element is never seen, so its parent, which holds the still picture, is watched.
  for (const holder of holders) watch.observe(holder.parentElement);
})();
