import { expect } from "chai";
import { Column, type DataFrame, functions, Window } from "../../../src/sql/index.ts";
import { spark } from "./plan-json.ts";

const df: DataFrame = spark.range(9);

/** What callers without TypeScript, and the careless, pass in place of what belongs there. */
const odd: readonly unknown[] = [
  undefined,
  null,
  0,
  -1,
  1.5,
  Number.NaN,
  5n,
  "",
  "id",
  true,
  ["a", "b"],
  [],
  {},
  { header: true },
  Symbol("s"),
  () => 1,
  new Map([["a", 1]]),
  new Set(["a"]),
  new Date(0),
  df,
  functions.col("id"),
];

/** Every public object whose methods only build; what asks the server is tried by what it does before it asks. */
const owners: Readonly<Record<string, () => object>> = {
  DataFrame: () => df,
  Column: () => functions.col("id"),
  GroupedData: () => df.groupBy("id"),
  DataFrameReader: () => spark.read,
  DataFrameWriter: () => df.write,
  DataFrameWriterV2: () => df.writeTo("t"),
  DataFrameNaFunctions: () => df.na,
  DataFrameStatFunctions: () => df.stat,
  MergeIntoWriter: () => df.mergeInto("t", functions.expr("a")),
  TableValuedFunctions: () => spark.tvf,
  WindowSpec: () => Window.partitionBy("id"),
  Window: () => Window,
  DataStreamReader: () => spark.readStream,
  DataStreamWriter: () => df.writeStream,
  functions: () => functions,
  SparkSession: () => spark,
  Catalog: () => spark.catalog,
};

/** They end the session, print, or are no part of the public surface (protected in TypeScript). */
const excluded = new Set([
  "constructor",
  "stop",
  "derive",
  "planOf",
  "inQuery",
  "call",
  "printPlan",
  "withTags",
]);

function methodsOf(of: object): string[] {
  const names = new Set<string>();
  for (let at: object | null = of; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value === "function" && !excluded.has(name)) names.add(name);
    }
  }
  return [...names].sort();
}

function argumentLists(): unknown[][] {
  const id = functions.col("id");
  const before = [[], ["id"], [id], [df], [1], ["id", "id"], [id, id], [["id"], [0.5]], [id, "a", "b"]];
  return [[], ...before.flatMap((first) => odd.map((last) => [...first, last]))];
}

function shown(values: readonly unknown[]): string {
  return values
    .map((value) => {
      if (value === df) return "df";
      if (value instanceof Column) return "col";
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? `a ${value.constructor.name}`
        : String(value);
    })
    .join(", ");
}

describe("odd arguments", () => {
  for (const [owner, make] of Object.entries(owners)) {
    it(`${owner}: every method takes them or throws an error with a code of ours`, () => {
      const raw: string[] = [];
      const settled: Promise<unknown>[] = [];
      for (const name of methodsOf(make())) {
        for (const list of argumentLists()) {
          try {
            const target = make();
            const result: unknown = Reflect.apply(Reflect.get(target, name) as () => unknown, target, list);
            // Nobody answers at the address of this session; here only what is thrown at once counts.
            if (result instanceof Promise) settled.push(result.catch(() => undefined));
          } catch (error) {
            const { code } = error as { code?: unknown };
            if (typeof code === "string" && (code.startsWith("USAGE_") || code.startsWith("VALUE_")))
              continue;
            if (code === "CONNECT_INVALID_TAG") continue;
            raw.push(`${name}(${shown(list)}): ${String(error).slice(0, 120)}`);
            break;
          }
        }
      }
      expect(raw).to.deep.equal([]);
    });
  }
});
