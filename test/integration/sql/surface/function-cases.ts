import { expect } from "chai";
import {
  Column,
  type DataFrame,
  functions,
  rowValues,
  type SparkSession,
} from "../../../../src/sql/index.ts";
import { getSpark } from "../../spark.ts";

/**
 * A call, and what it must give: a value, or a function that checks the value. Over one row, or when the call
 * aggregates, that is the value; over more rows it is the array of them. What cannot be selected, such as a sort order,
 * comes as a function that uses it and gives a value.
 */
export type FunctionCase = readonly [
  call: Column | ((spark: SparkSession) => Promise<unknown>),
  expected: unknown | ((value: never) => void),
];

export interface FunctionTable {
  /** The rows that the calls are made over. @default one row without columns of interest */
  readonly from?: (spark: SparkSession) => DataFrame | Promise<DataFrame>;
  /** Every case is a query of its own, of which it gives all rows as arrays; so it must be for generators. */
  readonly apart?: boolean;
  /** Settings of the session during the cases. */
  readonly conf?: Readonly<Record<string, string>>;
  /** By the name of our function: its cases. */
  readonly cases: Readonly<Record<string, (f: typeof functions) => readonly FunctionCase[]>>;
}

/** Registers one test per function of a table. A function whose cases do not call it fails. */
export function testFunctions(title: string, table: FunctionTable): void {
  describe(title, () => {
    const all = Object.entries(table.cases).map(([name, make]) => ({ name, ...listen(name, make) }));
    let together: Promise<ReadonlyMap<Column, unknown>> | undefined;

    for (const { name, cases, called } of all) {
      it(name, async () => {
        expect(cases, `cases of ${name}`).not.to.be.empty;
        together ??= evaluateTogether(
          table,
          all.flatMap((one) => one.cases.map(([call]) => call)),
        );
        const known = await together;
        for (const [call, expected] of cases) {
          const value =
            call instanceof Column && known.has(call) ? known.get(call) : await evaluate(table, call);
          if (typeof expected === "function") expected(value as never);
          else expect(value).to.deep.equal(expected);
        }
        // A case may call it as late as when it runs.
        expect(called(), `the cases of ${name} do not call it`).to.equal(true);
      });
    }
  });
}

function listen(name: string, make: (f: typeof functions) => readonly FunctionCase[]) {
  let called = false;
  const listening = new Proxy(functions, {
    get(_, property) {
      if (property === name) called = true;
      return Reflect.get(functions, property) as unknown;
    },
  });
  return { cases: make(listening), called: () => called };
}

/** The values of the columns, by one query. None when it fails: then each is asked alone, and the bad one is named. */
async function evaluateTogether(
  table: FunctionTable,
  calls: readonly FunctionCase[0][],
): Promise<ReadonlyMap<Column, unknown>> {
  const columns = calls.filter((call) => call instanceof Column);
  if (table.apart || columns.length === 0) return new Map();
  try {
    const rows = await select(
      table,
      columns.map((column, i) => column.alias(`c${i}`)),
    );
    return new Map(columns.map((column, i) => [column, single(rows.map((row) => row[i]))]));
  } catch {
    return new Map();
  }
}

async function evaluate(table: FunctionTable, call: FunctionCase[0]): Promise<unknown> {
  if (!(call instanceof Column)) return await withConf(table, (spark) => call(spark));
  const rows = await select(table, [call]);
  return table.apart ? rows : single(rows.map(([value]) => value));
}

function single(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}

async function select(table: FunctionTable, columns: readonly Column[]): Promise<unknown[][]> {
  return await withConf(table, async (spark) => {
    const from = (await table.from?.(spark)) ?? spark.range(1);
    return (await from.select(...columns).collect()).map(rowValues);
  });
}

async function withConf<T>(table: FunctionTable, use: (spark: SparkSession) => Promise<T>): Promise<T> {
  const spark = await getSpark();
  const keys = Object.entries(table.conf ?? {});
  for (const [key, value] of keys) await spark.conf.set(key, value);
  try {
    return await use(spark);
  } finally {
    for (const [key] of keys) await spark.conf.unset(key);
  }
}
