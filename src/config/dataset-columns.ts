import * as z from "zod";
import { columnType } from "./column-type.ts";
import { either } from "./either.ts";
import { flag, issue, record, text } from "./fields.ts";
import { drawnAs } from "./json-form.ts";
import { optional } from "./optional.ts";
import { entriesOf, isRawMap, type PathStep, type RawMap } from "./raw-value.ts";

export interface WrittenColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Where it stands below `schema`. */
  readonly path: readonly PathStep[];
}

const type = () =>
  columnType().describe("Its type in Spark's DDL: `bigint`, `decimal(10,2)`, `array<string>`");

const listed = z.array(
  record(
    {
      name: text("a column's name").describe("Its name"),
      type: type(),
      nullable: optional(flag(), "Whether it may hold NULL", true),
    },
    "a map of name, type and nullable",
  ),
  { error: "a list of columns, or a map of names and types" },
);

const typed = either(
  isRawMap,
  record(
    { type: type(), nullable: optional(flag(), "Whether it may hold NULL", true) },
    "a map of type and nullable",
  ),
  type().transform((type) => ({ type, nullable: undefined })),
);

const list = listed.transform((columns): readonly WrittenColumn[] =>
  columns.map(({ name, type, nullable = true }, index) => ({ name, type, nullable, path: [index] })),
);

/** The order of the file, which JavaScript does not keep for columns like `2001`. */
const map = drawnAs(
  z.unknown().transform((written, ctx): readonly WrittenColumn[] =>
    entriesOf(written as RawMap).flatMap(({ name, value }) => {
      const { data, error } = typed.safeParse(value);
      for (const found of error?.issues ?? []) {
        ctx.issues.push({ ...(found as z.core.$ZodRawIssue), path: [name, ...found.path] });
      }
      return data === undefined
        ? []
        : [{ name, type: data.type, nullable: data.nullable ?? true, path: [name] }];
    }),
  ),
  (draw) => ({ type: "object", additionalProperties: draw(typed) }),
);

/** `[{name, type, nullable}, …]`, `{name: type, …}` or `{name: {type, nullable}, …}`; each name once, in any case. */
export function columnsField(): z.ZodType<readonly WrittenColumn[]> {
  return either(isRawMap, map, list).check((ctx) => {
    const seen = new Set<string>();
    for (const { name, path } of ctx.value) {
      const lower = name.toLowerCase();
      if (seen.has(lower)) {
        const what = `a column of its own, but "${name}" is there twice`;
        const hint = "Remove the repetition; Spark does not tell upper from lower case.";
        ctx.issues.push(issue(name, what, { hint }, path));
      }
      seen.add(lower);
    }
    if (ctx.value.length === 0) ctx.issues.push(issue(ctx.value, "a list of at least one column"));
  });
}
