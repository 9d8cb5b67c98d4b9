import { alignColumns, truncate } from "../terminal/columns.ts";
import { displayWidth } from "../terminal/display-width.ts";
import type { Paint } from "../terminal/output.ts";
import { oneLine } from "../terminal/plain-text.ts";
import type { DocumentDataset, DocumentNode, DocumentValue, PlanDocument } from "./plan-document.ts";
import { nameText, originText, settingName, settingText, valueText } from "./value-text.ts";

/** A plan for a reader: what it runs with, the nodes in their order with their reasons, and what is left out. */
export function planText(plan: PlanDocument, paint: Paint, columns: number): string[] {
  const total = plan.nodes.length + plan.leftOut.length;
  const count = plan.leftOut.length === 0 ? `${total}` : `${plan.nodes.length} of ${total}`;
  const lines = [`${paint("bold", plan.pipeline)}: ${count} ${total === 1 ? "node" : "nodes"}`];
  const section = (title: string, body: readonly string[]) => {
    if (body.length > 0) lines.push("", paint("bold", title), ...body);
  };
  section("SETTINGS", valueLines(plan.settings, settingName, settingText, paint, columns, 2));
  section("HYPERPARAMS OF ALL NODES", parameterLines(plan.hyperparams, paint, columns, 2));
  section("NODES", nodeLines(plan, paint, columns));
  section("LEFT OUT", leftOutLines(plan, columns));
  if (plan.matchedNothing.length > 0) {
    lines.push("", `${paint("yellow", "warning")}: no node matches ${plan.matchedNothing.join(", ")}`);
  }
  return lines;
}

function nodeLines(plan: PlanDocument, paint: Paint, columns: number): string[] {
  const datasets = new Map(plan.datasets.map((dataset) => [dataset.name, dataset]));
  const producers = new Map(plan.nodes.flatMap(({ name, outputs }) => outputs.map((one) => [one, name])));
  const digits = String(plan.nodes.length).length;
  return plan.nodes.flatMap((node, index) => {
    const code = "function" in node.code ? node.code.function : node.code.sql;
    const number = String(index + 1).padStart(digits + 2);
    const room = columns - displayWidth(`${number}. ${node.name}  `);
    const head = `${number}. ${paint("bold", node.name)}  ${paint("dim", truncate(oneLine(code), room))}`;
    const own = <T extends DocumentValue>(values: readonly T[]) =>
      values.filter(({ layer }) => layer === "node");
    const indent = digits + 4;
    return [
      head.trimEnd(),
      ...tableLines(nodeRows(node, datasets, producers), indent, columns),
      ...valueLines(own(node.settings), settingName, settingText, paint, columns, indent),
      ...parameterLines(own(node.hyperparams), paint, columns, indent),
    ];
  });
}

/** What a node waits for, reads and writes, each with its reason or mode; the label only where it changes. */
function nodeRows(
  { code, selectedBy, dependsOn, inputs, outputs }: DocumentNode,
  datasets: ReadonlyMap<string, DocumentDataset>,
  producers: ReadonlyMap<string, string>,
): string[][] {
  const group = (label: string, rows: readonly (readonly [string, string])[]) =>
    rows.map(([what, why], index) => [index === 0 ? label : "", what, why]);
  return [
    ...group("chosen", selectedBy === undefined ? [] : [[`by ${selectedBy}`, ""]]),
    ...group(
      "after",
      dependsOn.map(({ node, dataset }) => [node, dataset === undefined ? "declared" : `reads ${dataset}`]),
    ),
    ...group(
      "reads",
      inputs.map(({ dataset, window }) => {
        const { windowColumn, location } = datasets.get(dataset) ?? {};
        const windowed = windowColumn !== undefined && window === "run";
        // A query reads such a table from the catalog, whole: its own condition is what filters it.
        const byQuery = "sql" in code && location?.kind === "table" && location.table === dataset;
        const days = byQuery ? "the days that its SQL asks for" : "the run's window";
        const stored = producers.has(dataset) ? "" : ", as stored";
        return [dataset, `${windowed ? days : "whole"}${stored}`];
      }),
    ),
    ...group(
      "writes",
      outputs.map((name) => [name, writeText(datasets.get(name))]),
    ),
  ];
}

function writeText(dataset: DocumentDataset | undefined): string {
  if (dataset === undefined) return "";
  const { format, mode, windowColumn } = dataset;
  return `${format}, ${mode}${mode === "replace_window" && windowColumn !== undefined ? ` by ${windowColumn}` : ""}`;
}

function leftOutLines({ leftOut }: PlanDocument, columns: number): string[] {
  const groups = Map.groupBy(leftOut, ({ selector }) =>
    selector === undefined ? "not selected" : `excluded by ${selector}`,
  );
  return [...groups].flatMap(([why, nodes]) => [
    `  ${why}:`,
    ...wrap(
      nodes.map(({ node }) => node),
      columns - 4,
    ).map((line) => `    ${line}`),
  ]);
}

const parameterLines = (
  values: readonly DocumentValue[],
  paint: Paint,
  columns: number,
  indent: number,
): string[] => valueLines(values, nameText, ({ value }) => valueText(value), paint, columns, indent);

/** One value a line with where it comes from; what does not fit puts that on a line of its own. */
function valueLines(
  values: readonly DocumentValue[],
  name: (path: readonly string[]) => string,
  text: (value: DocumentValue) => string,
  paint: Paint,
  columns: number,
  indent: number,
): string[] {
  const blanks = " ".repeat(indent);
  const cells = alignColumns(values.map((value) => [name(value.path), text(value), "|"]));
  return values.flatMap((value, index) => {
    const origin = originText(value);
    const line = blanks + (cells[index] ?? "").slice(0, -1);
    if (displayWidth(line + origin) <= columns) return [line + paint("dim", origin)];
    return [truncate(line.trimEnd(), columns), `${blanks}  ${paint("dim", origin)}`];
  });
}

function tableLines(rows: readonly (readonly string[])[], indent: number, columns: number): string[] {
  return alignColumns(rows).map((line) => truncate(" ".repeat(indent) + line, columns));
}

/** Words with commas in lines of at most so many columns. */
function wrap(words: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const item = index === words.length - 1 ? word : `${word},`;
    const line = lines.at(-1);
    if (line === undefined || displayWidth(`${line} ${item}`) > columns) lines.push(item);
    else lines[lines.length - 1] = `${line} ${item}`;
  }
  return lines;
}
