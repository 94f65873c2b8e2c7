// The filter of the atlas. Traits, words and entries are all taken from the page.
(() => {
  "use strict";

  const box = document.querySelector(".atlas-filter");
  const entries = [...document.querySelectorAll("section.atlas-entry")];
  if (!box || entries.length === 0) return;

  const [legendText, statusText, resetText] = [...box.querySelectorAll("p")].map((p) =>
    p.textContent.trim(),
  );

  // The traits by their key, with the words the page has for them and the entries that have them.
  const traits = new Map();
  for (const entry of entries) {
    for (const span of entry.querySelectorAll(".atlas-traits span[class*='trait-']")) {
      const key = [...span.classList].find((name) => name.startsWith("trait-"));
      if (!traits.has(key)) traits.set(key, { words: span.textContent, entries: new Set() });
      traits.get(key).entries.add(entry);
    }
  }

  const make = (name, parent, properties = {}) =>
    parent.appendChild(Object.assign(document.createElement(name), properties));

  box.replaceChildren();
  const fieldset = make("fieldset", box);
  make("legend", fieldset, { textContent: legendText });
  const choices = make("div", fieldset, { className: "atlas-choices" });
  const inputs = [...traits]
    .sort(([, one], [, other]) => other.entries.size - one.entries.size)
    .map(([key, { words }]) => {
      const label = make("label", choices);
      const input = make("input", label, { type: "checkbox", value: key });
      label.append(words);
      return input;
    });
  const result = make("div", fieldset, { className: "atlas-result" });
  const status = make("output", result);
  const reset = make("button", result, { type: "button", textContent: resetText });

  const hide = (element, hidden) => {
    element.classList.toggle("atlas-hidden", hidden);
    element.hidden = hidden;
  };

  const update = () => {
    const wanted = inputs.filter((input) => input.checked).map((input) => traits.get(input.value));
    const shown = new Set(
      entries.filter((entry) => wanted.every((trait) => trait.entries.has(entry))),
    );
    for (const entry of entries) {
      hide(entry, !shown.has(entry));
      for (const link of document.querySelectorAll(`a[href="#${CSS.escape(entry.id)}"]`)) {
        const holder = link.closest(".atlas-table tbody tr, .bd-toc-nav li");
        if (holder) hide(holder, !shown.has(entry));
      }
    }
    // A family without an entry left goes too.
    for (const family of document.querySelectorAll("section[id^='family-']")) {
      const empty = ![...shown].some((entry) => family.contains(entry));
      hide(family, empty);
      const link = document.querySelector(`.bd-toc-nav a[href="#${CSS.escape(family.id)}"]`);
      if (link) hide(link.closest("li"), empty);
    }
    // A box that would leave nothing to see cannot be ticked.
    for (const input of inputs) {
      const others = traits.get(input.value).entries;
      input.disabled = !input.checked && ![...shown].some((entry) => others.has(entry));
    }
    status.textContent = statusText
      .replace("{shown}", shown.size)
      .replace("{all}", entries.length);
    reset.disabled = wanted.length === 0;
  };

  const showAll = () => {
    for (const input of inputs) input.checked = false;
    update();
  };

  // A link to an entry that is filtered out brings everything back.
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.closest(".atlas-hidden")) {
      showAll();
      target.scrollIntoView();
    }
  };

  choices.addEventListener("change", update);
  reset.addEventListener("click", () => {
    showAll();
    inputs[0].focus();
  });
  window.addEventListener("hashchange", follow);
  box.classList.add("is-on");
  update();
})();
