import { OpError } from "./ops.ts";
import type { Node, Op, Table } from "./scenario.ts";
import { jsLiteral, localTypes, quoteName, sqlLiteral } from "./values.ts";

const q = quoteName;

/** A query of the constant's rows; every value is of exactly its column's type. */
function constantSql({ columns, rows }: Table): string {
  const line = (row: readonly unknown[], tail: string) =>
    `SELECT ${columns.map(({ name, type }, i) => `${sqlLiteral((row[i] ?? null) as never, type)} AS ${q(name)}`).join(", ")}${tail}`;
  if (rows.length === 0) return line([], " WHERE false");
  return rows.map((row) => line(row, "")).join(" UNION ALL ");
}

function sqlOf(op: Op, from: string, second: string): string {
  switch (op.kind) {
    case "constant":
      return constantSql(op.table);
    case "pass":
      return `SELECT * FROM ${from}`;
    case "union":
      return `SELECT ${same(op.columns).join(", ")} FROM ${from} UNION ALL SELECT ${same(op.columns).join(", ")} FROM ${second}`;
    case "join": {
      const left = [op.key, ...op.left].map((name) => `l.${q(name)} AS ${q(name)}`);
      const right = op.right.map((name) => `r.${q(name)} AS ${q(`r_${name}`)}`);
      return `SELECT ${[...left, ...right].join(", ")} FROM ${from} AS l ${op.how.toUpperCase()} JOIN ${second} AS r ON l.${q(op.key)} = r.${q(op.key)}`;
    }
    case "count":
      return `SELECT ${q(op.by)} AS ${q(op.by)}, count(*) AS n FROM ${from} GROUP BY ${q(op.by)}`;
    case "max":
      return `SELECT ${q(op.by)} AS ${q(op.by)}, max(${q(op.of)}) AS top FROM ${from} GROUP BY ${q(op.by)}`;
    case "distinct":
      return `SELECT DISTINCT * FROM ${from}`;
    case "not_null":
    case "equals":
      return `SELECT * FROM ${from} WHERE ${condition(op)}`;
    case "window":
      return `SELECT * FROM ${from} WHERE ${q(op.column)} >= :start_date AND ${q(op.column)} <= :end_date`;
    case "view":
    case "function":
      throw new OpError(`${op.kind} in SQL`);
    default:
      return `SELECT ${selection(op).join(", ")} FROM ${from}`;
  }
}

/** The columns under the names by which the code knows them. */
function same(names: readonly string[]): string[] {
  return names.map((name) => `${q(name)} AS ${q(name)}`);
}

function condition(op: Extract<Op, { kind: "not_null" | "equals" }>): string {
  // The value is a text.
  return op.kind === "not_null"
    ? `${q(op.column)} IS NOT NULL`
    : `${q(op.column)} = ${sqlLiteral(op.value, "string")}`;
}

function selection(op: Op): string[] {
  switch (op.kind) {
    case "add":
      return ["*", `${sqlLiteral(op.value, op.column.type)} AS ${q(op.column.name)}`];
    case "select":
      return op.columns.map(({ from, to }) => `${q(from)} AS ${q(to)}`);
    case "midnight":
      return ["*", `TIMESTAMP'2024-01-01 00:00:00' AS ${q(op.name)}`];
    case "function":
      return ["*", `fuzz_function() AS ${q(op.name)}`];
    default:
      return ["*"];
  }
}

/** The node as one SQL query. */
export function sqlCode(node: Node, ops: readonly Op[]): string {
  const [first, second] = node.inputs.map(({ dataset }) =>
    /^\$?\w+(\.\w+)?$/.test(dataset) ? dataset : q(dataset),
  );
  let from = first ?? "";
  const parts = ops.map((op, i) => {
    const name = node.names[i] ?? `s${i}`;
    const text = sqlOf(op, from, second ?? "");
    from = name;
    return { name, text };
  });
  const last = parts.pop();
  if (last === undefined) throw new OpError("no operation");
  if (parts.length === 0) return last.text;
  return `WITH ${parts.map(({ name, text }) => `${name} AS (${text})`).join(", ")} ${last.text}`;
}

/** The statements of a function that returns `f`, a DataFrame. */
function functionOf(op: Op): string[] {
  const sql = (text: string) => `f = await ctx.spark.sql(${JSON.stringify(text)});`;
  switch (op.kind) {
    case "constant": {
      const { columns, rows } = op.table;
      if (op.local !== true || columns.some(({ type }) => !localTypes.has(type)))
        return [sql(constantSql(op.table))];
      const ddl = columns.map(({ name, type }) => `${q(name)} ${type}`).join(", ");
      const lines = rows.map(
        (row) => `[${row.map((cell, i) => jsLiteral(cell, columns[i]?.type ?? "")).join(", ")}]`,
      );
      return [`f = await ctx.spark.createDataFrame([${lines.join(", ")}], ${JSON.stringify(ddl)});`];
    }
    case "pass":
      return [];
    case "union": {
      const [one, two] = [texts(same(op.columns)), texts(same([...op.columns].reverse()))];
      return [`f = f.selectExpr(${one}).unionByName(other.selectExpr(${two}));`];
    }
    case "join": {
      const right = op.right.map((name) => `${q(name)} AS ${q(`r_${name}`)}`);
      const [one, two] = [texts(same([op.key, ...op.left])), texts([...same([op.key]), ...right])];
      return [
        `f = f.selectExpr(${one}).join(other.selectExpr(${two}), ${JSON.stringify(op.key)}, "${op.how}");`,
      ];
    }
    case "count":
      return [
        `f = f.groupBy(${JSON.stringify(q(op.by))}).count().selectExpr(${texts([`${q(op.by)} AS ${q(op.by)}`, "count AS n"])});`,
      ];
    case "max":
      return [`await f.createOrReplaceTempView("grouped");`, "await pause();", sql(sqlOf(op, "grouped", ""))];
    case "distinct":
      return ["f = f.distinct();"];
    case "not_null":
    case "equals":
      return [`f = f.where(${JSON.stringify(condition(op))});`];
    case "window":
      return [
        `f = f.where(\`${q(op.column).replaceAll("`", "\\`")} BETWEEN DATE'\${ctx.startDate}' AND DATE'\${ctx.endDate}'\`);`,
      ];
    case "view":
      return [
        `await f.createOrReplaceTempView(${JSON.stringify(op.name)});`,
        "await pause();",
        sql(`SELECT * FROM ${op.name}`),
      ];
    case "function":
      return [
        `await ctx.spark.sql("CREATE OR REPLACE TEMPORARY FUNCTION fuzz_function() RETURNS INT RETURN ${op.value}");`,
        "await pause();",
        `f = f.selectExpr(${texts(selection(op))});`,
      ];
    default:
      return [`f = f.selectExpr(${texts(selection(op))});`];
  }
}

function texts(list: readonly string[]): string {
  return list.map((text) => JSON.stringify(text)).join(", ");
}

const noises = {
  use: 'await ctx.spark.sql("USE fuzz_elsewhere");',
  variable: 'await ctx.spark.sql("DECLARE OR REPLACE VARIABLE id INT DEFAULT 7");',
  ansi: 'await ctx.spark.sql("SET spark.sql.ansi.enabled = false");',
};

/** The node as an exported function of a TypeScript module. */
export function functionCode(node: Node, ops: readonly Op[]): string {
  const lines = [
    `export const ${node.name} = async (...given: any[]) => {`,
    "  const ctx = given.at(-1);",
    "  let [f, other] = given;",
    `  (globalThis as any).sparkwrightFuzz?.("$DB ${node.name}", "start");`,
    ...node.noise.map((noise) =>
      noise.kind === "zone"
        ? `  await ctx.spark.sql("SET TIME ZONE '${noise.zone}'");`
        : `  ${noises[noise.kind]}`,
    ),
    ...ops.flatMap((op) => functionOf(op)).map((line) => `  ${line}`),
  ];
  if (node.outputs.length < 2) return [...lines, "  return f;", "};"].join("\n");
  lines.push("  const result = f;", "  const record: Record<string, any> = {};");
  for (const [index, output] of node.outputs.entries()) {
    lines.push("  f = result;", ...output.ops.flatMap((op) => functionOf(op)).map((line) => `  ${line}`));
    if (index === 1) {
      lines.push(
        `  if ((globalThis as any).sparkwrightFuzz?.("$DB ${node.name}", "second")) f = f.where("raise_error('on purpose') IS NULL");`,
      );
    }
    lines.push(`  record[${JSON.stringify(output.dataset)}] = f;`);
  }
  return [...lines, "  return record;", "};"].join("\n");
}

/** What stands before the functions of a module. */
export const moduleHead = `const pause = () => new Promise((resolve) => setTimeout(resolve, 15));\n`;
