import * as z from "zod";
import { defined } from "./defined.ts";
import { issue, listOf, oneOf, record, setOf, text, textOfAny, wholeNumber } from "./fields.ts";
import { optional } from "./optional.ts";
import type { CheckRule, DatasetCheck } from "./project.ts";

const columns = () =>
  setOf(text("a column's name"), "column names").check((ctx) => {
    if (ctx.value.length === 0) ctx.issues.push(issue(ctx.value, "a list of at least one column"));
  });

const acceptedValues = record(
  {
    column: text("a column's name").describe("The column"),
    values: listOf(textOfAny(), "values")
      .check((ctx) => {
        if (ctx.value.length === 0) ctx.issues.push(issue(ctx.value, "a list of at least one value"));
      })
      .describe("Its values, as they are written; NULL is accepted"),
  },
  "a map of column and values",
);

const range = record(
  {
    column: text("a column's name").describe("The column"),
    min: optional(textOfAny(), "Least value, included"),
    max: optional(textOfAny(), "Greatest value, included"),
  },
  "a map of column, min and max",
).check(({ value, issues }) => {
  const { min, max } = value;
  if (min === undefined && max === undefined) issues.push(issue(value, "a map with min, max or both"));
  // Other bounds are dates or texts, whose order the server knows.
  if (min !== undefined && max !== undefined && Number(min) > Number(max)) {
    issues.push(issue(value, `a range, but min ${min} is above max ${max}`, { hint: "Exchange them." }));
  }
});

const rows = () => wholeNumber(0, Number.MAX_SAFE_INTEGER);

const rowCount = record(
  { min: optional(rows(), "Fewest rows"), max: optional(rows(), "Most rows") },
  "a map of min and max",
).check(({ value, issues }) => {
  const { min, max } = value;
  if (min === undefined && max === undefined) issues.push(issue(value, "a map with min, max or both"));
  if (min !== undefined && max !== undefined && min > max) {
    issues.push(issue(value, `a range, but min ${min} is above max ${max}`, { hint: "Exchange them." }));
  }
});

const rules = {
  not_null: optional(columns(), "Columns without NULL"),
  unique: optional(columns(), "Columns whose values, together, no two rows share"),
  accepted_values: optional(acceptedValues, "The values of a column"),
  range: optional(range, "The ends of a column"),
  row_count: optional(rowCount, "How many rows there are"),
  expression: optional(text("a SQL condition"), "SQL that is true for every row"),
};

const ruleNames = Object.keys(rules);
const one = `a map of one rule: ${ruleNames.join(", ")}`;

const check = record(
  {
    ...rules,
    name: optional(text(), "What it is called in messages; else made of rule and columns"),
    severity: optional(oneOf(["error", "warn"]), "`error` refuses the write, `warn` only tells", "error"),
  },
  one,
).transform((written, ctx) => {
  const { name, severity = "error", ...of } = written;
  const [rule, ...others] = rulesOf(of);
  // A misspelt rule was told already.
  if (ctx.issues.length > 0) return z.NEVER;
  if (rule !== undefined && others.length === 0) return { name, severity, rule };
  const found = others.length === 0 ? "none" : Object.keys(of).join(" and ");
  const hint = "Write each rule as an item of its own: `- not_null: [id]`.";
  ctx.issues.push(issue(written, `${one}, but has ${found}`, { hint }));
  return z.NEVER;
});

type WrittenCheck = z.output<typeof check>;

function rulesOf(
  written: z.output<z.ZodObject<typeof rules>>,
): readonly (readonly [label: string, CheckRule])[] {
  const { not_null, unique, accepted_values, range, row_count, expression } = written;
  return [
    not_null && ([list("not_null", not_null), { kind: "not_null", columns: not_null }] as const),
    unique && ([list("unique", unique), { kind: "unique", columns: unique }] as const),
    accepted_values &&
      ([
        list("accepted_values", [accepted_values.column]),
        { kind: "accepted_values", ...accepted_values },
      ] as const),
    range && ([list("range", [range.column]), { kind: "range", ...defined(range) }] as const),
    row_count && (["row_count", { kind: "row_count", ...defined(row_count) }] as const),
    expression !== undefined &&
      ([list("expression", [expression]), { kind: "expression", sql: expression }] as const),
  ].filter((rule) => rule !== undefined && rule !== false);
}

function list(kind: string, of: readonly string[]): string {
  return `${kind}(${of.join(", ")})`;
}

/** The rules of a dataset, each with a name of its own. */
export function checksField(): z.ZodType<readonly DatasetCheck[]> {
  return listOf(check as z.ZodType<WrittenCheck>, "rules such as `not_null: [id]`", {
    ofMaps: true,
  }).transform((written, ctx) => {
    if (ctx.issues.length > 0) return z.NEVER;
    const taken = new Set<string>();
    for (const [index, { name }] of written.entries()) {
      if (name === undefined) continue;
      if (taken.has(name)) {
        const what = `different from the other names, but is "${name}" again`;
        ctx.issues.push(issue(name, what, { hint: "Rename one of them." }, [index, "name"]));
      }
      taken.add(name);
    }
    return written.map(({ name, severity, rule: [label, rule] }): DatasetCheck => {
      const own = name ?? free(label, taken);
      taken.add(own);
      return { name: own, severity, ...rule };
    });
  });
}

function free(label: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? label : `${label} ${count}`;
    if (!taken.has(name)) return name;
  }
}
