"use strict";

const isNumeric = (cell) => "value" in cell.dataset;
const key = (row, column) => {
  const cell = row.cells[column];
  if (!isNumeric(cell)) return cell.textContent === "-" ? null : cell.textContent;
  return cell.dataset.value === "" ? null : Number(cell.dataset.value);
};

/* NULLs come last in both directions; equals keep their order */
function sortBy(head) {
  const table = head.closest("table");
  const column = head.cellIndex;
  const falling = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows].map((row) => [key(row, column), row]);
  rows.sort(([a], [b]) => {
    if (a === null || b === null) return (a === null) - (b === null);
    const order = typeof a === "number" ? a - b : a.localeCompare(b, "en");
    return falling ? -order : order;
  });
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function filter(input) {
  const wanted = input.value.trim().toLowerCase();
  const tools = input.closest(".tools");
  let shown = 0;
  for (const row of tools.nextElementSibling.querySelectorAll("tbody tr")) {
    row.hidden = !row.textContent.toLowerCase().includes(wanted);
    shown += !row.hidden;
  }
  tools.querySelector(".count").textContent = `${shown} rows`;
}

function compare(data, picker, table) {
  const chosen = [...picker.querySelectorAll("select")].map((select) => select.value);
  const methods = [...new Set(chosen.filter(Boolean))];
  const onlyDifferences = picker.querySelector("input").checked;
  const cell = (tag, text, scope) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (scope) made.scope = scope;
    return made;
  };
  const head = document.createElement("tr");
  head.append(...["section", "attribute", ...methods].map((text) => cell("th", text, "col")));
  const rows = data.attributes.flatMap(([section, attribute], i) => {
    const values = methods.map((method) => data.values[method][i] ?? "-");
    if (onlyDifferences && new Set(values).size < 2) return [];
    const row = document.createElement("tr");
    row.append(cell("td", section), cell("th", attribute, "row"));
    row.append(...values.map((value) => cell("td", value)));
    return [row];
  });
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...rows);
}

for (const button of document.querySelectorAll("th button"))
  button.addEventListener("click", () => sortBy(button.parentNode));
for (const input of document.querySelectorAll("[data-filter]"))
  input.addEventListener("input", () => filter(input));

const data = JSON.parse(document.getElementById("comparison-data").textContent);
const picker = document.getElementById("picker");
const names = Object.keys(data.values);
const first = names.includes("LORA") ? ["LORA", ...names.filter((name) => name !== "LORA")] : names;
picker.querySelectorAll("select").forEach((select, i) => {
  select.append(new Option("none", ""), ...names.map((name) => new Option(name, name)));
  select.value = i < 2 ? first[i] ?? "" : "";
});
const show = () => compare(data, picker, document.getElementById("comparison"));
picker.addEventListener("change", show);
show();
