// Sorts and filters the table on choosing. Columns, traits and words are all taken from the page.
(() => {
  "use strict";

  const box = document.querySelector(".choosing-filter");
  const table = document.querySelector(".choosing-table table");
  if (!box || !table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];

  const make = (name, parent, properties = {}) =>
    parent.appendChild(Object.assign(document.createElement(name), properties));

  // Sorting: a number where the cell has one, else its words; what was not measured comes last.
  const value = (row, column) => {
    const text = row.cells[column].textContent.trim().replaceAll("−", "-");
    const number = text.match(/-?\d+(\.\d+)?/);
    return column > 0 && number ? Math.abs(parseFloat(number[0])) : text;
  };
  const compare = (one, other) => {
    if ((one === "—") !== (other === "—")) return one === "—" ? 1 : -1;
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    return one.localeCompare(other);
  };
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((row) => [value(row, column), row]);
      const last = (key) => key === "—";
      keyed.sort(([a], [b]) => (down && !last(a) && !last(b) ? compare(b, a) : compare(a, b)));
      body.append(...keyed.map(([, row]) => row));
    });
  });

  // Filtering: a row is shown if it has every trait that is asked for.
  const [legendText, statusText, resetText] = [...box.querySelectorAll("p")].map((p) =>
    p.textContent.trim(),
  );
  const traits = new Map();
  for (const row of rows) {
    for (const span of row.querySelectorAll("span[class^='trait-']")) {
      if (!traits.has(span.className)) {
        traits.set(span.className, { words: span.textContent, rows: new Set() });
      }
      traits.get(span.className).rows.add(row);
      span.remove();
    }
  }
  box.replaceChildren();
  const fieldset = make("fieldset", box);
  make("legend", fieldset, { textContent: legendText });
  const choices = make("div", fieldset, { className: "atlas-choices" });
  const inputs = [...traits]
    .sort(([, one], [, other]) => other.rows.size - one.rows.size)
    .map(([key, { words }]) => {
      const label = make("label", choices);
      const input = make("input", label, { type: "checkbox", value: key });
      label.append(words);
      return input;
    });
  const result = make("div", fieldset, { className: "atlas-result" });
  const status = make("output", result);
  const reset = make("button", result, { type: "button", textContent: resetText });

  const update = () => {
    const wanted = inputs.filter((input) => input.checked).map((input) => traits.get(input.value));
    const shown = rows.filter((row) => wanted.every((trait) => trait.rows.has(row)));
    for (const row of rows) row.hidden = !shown.includes(row);
    // A box that would leave nothing to see cannot be ticked.
    for (const input of inputs) {
      const others = traits.get(input.value).rows;
      input.disabled = !input.checked && !shown.some((row) => others.has(row));
    }
    status.textContent = statusText
      .replace("{shown}", shown.length)
      .replace("{all}", rows.length);
    reset.disabled = wanted.length === 0;
  };
  choices.addEventListener("change", update);
  reset.addEventListener("click", () => {
    for (const input of inputs) input.checked = false;
    update();
    inputs[0].focus();
  });
  box.classList.add("is-on");
  update();
})();
