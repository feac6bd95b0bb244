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

function made(tag, text, attributes = {}) {
  const element = Object.assign(document.createElement(tag), attributes);
  if (/^https:\/\/\S+$/.test(text)) element.append(made("a", "", { href: text, textContent: text }));
  else element.textContent ||= text;
  return element;
}

function rowOf(...cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

/* one body for each section of attributes, under its name */
function compare(data, picker, table) {
  const chosen = [...picker.querySelectorAll("select")].map((select) => select.value);
  const methods = [...new Set(chosen.filter(Boolean))];
  const onlyDifferences = picker.querySelector("input").checked;
  const bodies = new Map();
  let different = 0;
  data.attributes.forEach(([section, attribute], i) => {
    const values = methods.map((method) => data.values[method][i] ?? "-");
    const differs = new Set(values).size > 1;
    different += differs;
    if (onlyDifferences && !differs) return;
    if (!bodies.has(section)) {
      const name = made("th", section, { scope: "rowgroup", colSpan: methods.length + 1 });
      bodies.set(section, document.createElement("tbody"));
      bodies.get(section).append(rowOf(name));
    }
    const cells = values.map((value) => made("td", value));
    const row = rowOf(made("th", attribute, { scope: "row" }), ...cells);
    row.classList.toggle("differs", differs);
    bodies.get(section).append(row);
  });
  const heads = ["attribute", ...methods].map((text) => made("th", text, { scope: "col" }));
  table.tHead.replaceChildren(rowOf(...heads));
  for (const body of [...table.tBodies]) body.remove();
  table.append(...bodies.values());
  picker.querySelector(".count").textContent =
    methods.length > 1 ? `${different} of ${data.attributes.length} attributes differ` : "";
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
