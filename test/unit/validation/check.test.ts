import { expect } from "chai";
import { loadProject } from "../../../src/config/load-project.ts";
import type { SparkwrightError } from "../../../src/core/error.ts";
import { planRun } from "../../../src/planning/run-plan.ts";
import { checkPlan } from "../../../src/validation/check.ts";
import { type Files, placeOf, withFolder } from "../config/project-folder.ts";

const window = { startDate: "2001-01-01", endDate: "2001-01-31" };

type Expected = readonly [place: string, message: string, hint: string];

async function check(
  files: Files,
  options: Parameters<typeof planRun>[2],
  expected: readonly Expected[],
): Promise<void> {
  await withFolder({ "package.json": '{"type":"module"}', ...files }, async (root) => {
    const project = await loadProject(root, { variables: {} });
    const errors: readonly SparkwrightError[] = await checkPlan(
      project,
      planRun(project, "default", options),
    );
    expect(errors.map((error) => placeOf(error, root))).to.deep.equal(expected.map(([place]) => place));
    for (const [index, [, message, hint]] of expected.entries()) {
      expect(errors[index]?.message).to.include(message);
      expect(errors[index]?.hint).to.include(hint);
    }
  });
}

const datasets = {
  "config/datasets.yaml":
    "w: {window_column: day}\nfiles: {path: /x, window_column: day}\nplain:\nbronze.raw:\n",
};

describe("checkPlan", () => {
  it("finds nothing wrong with a sound project", () =>
    check(
      {
        ...datasets,
        "config/nodes.yaml": [
          "a: {function: etl.extract_raw, output: out}",
          "b: {sql: 'select * from w where day between :start_date and :end_date and x > :least', input: w, hyperparams: {least: 1}}",
          "c: {sql: q/c.sql, input: [{dataset: w, window: all}, plain]}",
          "d: {sql: 'select * from files', input: files}",
        ].join("\n"),
        "q/c.sql": "select * from w join plain using (id)",
        "src/etl.ts": "export const extractRaw = () => 1;\n",
      },
      window,
      [],
    ));

  it("finds functions that cannot be loaded, at their place in the configuration or in the code", () =>
    check(
      {
        "config/nodes.yaml":
          "a: {function: etl.extract}\nb: {function: elt.extract_raw}\nc:\n  function: ../x.fn\nd: {function: bad.fn}\n",
        "src/etl.ts": "export const extractRaw = () => 1;\n",
        "src/bad.js": "import './nope.js';\nexport const fn = () => 1;\n",
      },
      {},
      [
        ["IMPORT_MISSING_EXPORT src/etl.ts:1:1", "exports no `extract`", "extractRaw"],
        ["IMPORT_MODULE_NOT_FOUND config/nodes.yaml:2:15", "src/elt.ts", 'Did you mean "etl.extract_raw"?'],
        ["IMPORT_INVALID_REFERENCE config/nodes.yaml:4:13", "../x.fn", "dots between"],
        ["IMPORT_UNRESOLVED src/bad.js:1:8", "./nope.js", "Create the file"],
      ],
    ));

  it("finds formats that do not exist or do not fit the mode, where it was written", () =>
    check(
      {
        "config/nodes.yaml":
          "a: {sql: select 1, output: [x]}\nb: {sql: select 1, output: y}\nc: {sql: select 1, input: [r, k], output: z}\n",
        "config/datasets.yaml":
          "x: {format: parquet, window_column: day, mode: replace_window}\ny:\n  format: parqet\nr: {path: /r, format: parquet, window_column: day}\nk: {format: kafka, options: {subscribe: t}}\nz: {format: csv, mode: merge, merge_keys: id}\n",
      },
      window,
      [
        [
          "VALIDATION_FORMAT_MODE config/datasets.yaml:1:48",
          "parquet does not support mode replace_window",
          "`format: delta`",
        ],
        [
          "VALIDATION_UNKNOWN_FORMAT config/datasets.yaml:3:11",
          'there is no format "parqet"',
          'Did you mean "parquet"?',
        ],
        [
          "VALIDATION_FORMAT_OPTIONS config/datasets.yaml:5:29",
          "kafka needs the option kafka.bootstrap.servers",
          "host:9092",
        ],
        [
          "VALIDATION_FORMAT_MODE config/datasets.yaml:6:24",
          "csv does not support mode merge",
          "`format: delta`",
        ],
      ],
    ));

  it("finds parameters that nothing sets, in the .sql file itself", () =>
    check(
      {
        "config/nodes.yaml": "a: {sql: q.sql, hyperparams: {limit: 5}}\nb: {sql: 'select :nothing'}\n",
        "q.sql": "select ':fine'\n  , :start_dat, :limit\n",
      },
      window,
      [
        ["VALIDATION_SQL_PARAMETER q.sql:2:5", ":start_dat", 'Did you mean ":start_date"?'],
        ["VALIDATION_SQL_PARAMETER config/nodes.yaml:2:10", ":nothing", "hyperparams"],
      ],
    ));

  it("finds windows that SQL would silently read over, and windows the run does not have", () =>
    check(
      {
        ...datasets,
        "config/nodes.yaml": "a: {sql: select * from w, input: [plain, w]}\n",
      },
      window,
      [
        [
          "VALIDATION_WINDOW_NOT_BOUND config/nodes.yaml:1:42",
          'all of "w"',
          "WHERE day >= :start_date AND day < date_add(:end_date, 1)",
        ],
      ],
    ).then(() =>
      check({ "config/nodes.yaml": "a: {sql: 'select :end_date'}\n" }, {}, [
        ["VALIDATION_MISSING_WINDOW config/nodes.yaml:1:10", "no window", "--start-date"],
      ]),
    ));

  it("finds tables that SQL reads without waiting for them", () =>
    check(
      {
        ...datasets,
        "config/nodes.yaml": "a: {sql: q.sql, input: plain}\n",
        "q.sql": "select * from plain\njoin Bronze.Raw using (id)",
      },
      {},
      [["VALIDATION_SQL_INPUT q.sql:2:6", 'reads "bronze.raw"', "waits"]],
    ));

  it("takes the name of an input in any quoting and case, wherever it lies", () =>
    check(
      {
        "config/datasets.yaml": "s.table: {}\ns.path: {path: p}\ns.other: {table: t.u}\n",
        "config/nodes.yaml": "a: {sql: q.sql, input: [s.table, s.path, s.other]}\n",
        "q.sql":
          "select * from s.table, `s`.table, `s.table`, S.Path, `s.path`, s.other, `t`.u, spark_catalog.s.table, identifier('s.other')",
      },
      {},
      [],
    ));

  it("refuses the names and places of datasets that are no inputs", () =>
    check(
      {
        "config/datasets.yaml": "s.table: {}\ns.path: {path: /data/p}\ns.other: {table: t.u}\norders: {}\n",
        "config/nodes.yaml":
          "a: {sql: a.sql}\nb: {sql: b.sql}\nc: {sql: 'select * from t.u'}\nd: {sql: 'select * from delta.`/data/p/`'}\ne: {sql: 'select * from default.orders, x.orders'}\nf: {sql: 'select * from identifier(:t)', hyperparams: {t: S.table}}\ng: {sql: delete from s.table}\n",
        "a.sql": "select *\n  from `s.table`",
        "b.sql": "with orders as (select * from orders) select * from orders",
      },
      {},
      [
        ["VALIDATION_SQL_INPUT a.sql:2:8", 'reads "s.table"', 'Add "s.table"'],
        ["VALIDATION_SQL_INPUT b.sql:1:31", 'reads "orders"', 'Add "orders"'],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:3:10", 'reads "s.other"', 'Add "s.other"'],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:4:10", 'reads "s.path"', 'Add "s.path"'],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:5:10", 'reads "orders"', 'Add "orders"'],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:6:10", 'reads "s.table"', 'Add "s.table"'],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:7:10", 'changes "s.table"', 'Add "s.table"'],
      ],
    ));

  it("reads FROM and WITH as Spark does", () =>
    check(
      {
        "config/datasets.yaml": "sales: {}\nregion: {}\norders: {}\n",
        "config/nodes.yaml":
          "a: {sql: a.sql, input: sales}\nb: {sql: with orders (n) as (select 1) select n from orders}\n",
        "a.sql":
          "select extract(year from sold), trim(both '-' from region) from sales where old_region is distinct from region",
      },
      {},
      [],
    ));

  it("gives hints that lead somewhere where an input cannot help", () =>
    check(
      {
        "config/datasets.yaml": "x: {}\n",
        "config/nodes.yaml":
          "own: {sql: select count(*) from o.own, output: o.own}\nfirst: {sql: select * from o.last, output: o.first}\nlast: {sql: select 1 as n, dependencies: first, output: o.last}\nheir: {sql: 'select * from x, o.last', dependencies: last}\n",
      },
      {},
      [
        ["VALIDATION_SQL_INPUT config/nodes.yaml:1:12", 'reads "o.own"', "give it another output"],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:2:14", 'reads "o.last"', 'Node "last" writes it and waits'],
        ["VALIDATION_SQL_INPUT config/nodes.yaml:4:13", 'reads "x"', "Write `input: [o.last, x]`"],
      ],
    ));

  it("finds SQL that is no single statement, or no query where there is an output", () =>
    check(
      {
        "config/datasets.yaml": "t: {}\nc: {path: /c, format: csv}\n",
        "config/nodes.yaml": [
          "a: {sql: insert into t select 1, input: t, output: x.a}",
          "b: {sql: drop table u, output: x.b}",
          "c: {sql: c.sql, output: x.c}",
          "d: {sql: d.sql}",
          "e: {sql: selct 1, output: x.e}",
          "f: {sql: f.sql}",
          "g: {sql: with a as (select 1) insert into u select * from a, output: x.g}",
          "h: {sql: set a = 1}",
          "i: {sql: delete from c, input: c}",
          "j: {sql: 'select ?'}",
          "",
        ].join("\n"),
        "c.sql": "select 1;\n\n  -- and\n  select 2",
        "d.sql": "-- nothing yet\n",
        "f.sql": "select\n 'open",
      },
      {},
      [
        [
          "VALIDATION_SQL_NOT_A_QUERY config/nodes.yaml:1:10",
          'begins its SQL with INSERT, which gives no rows for "x.a"',
          "remove `output`",
        ],
        ["VALIDATION_SQL_NOT_A_QUERY config/nodes.yaml:2:10", "with DROP", "remove `output`"],
        ["VALIDATION_SQL_STATEMENTS c.sql:4:3", "2 SQL statements", "one node for each"],
        ["VALIDATION_SQL_EMPTY d.sql:1:1", "no SQL but comments", "Write the query"],
        ["VALIDATION_SQL_SYNTAX config/nodes.yaml:5:10", '"selct"', 'Did you mean "SELECT"?'],
        ["VALIDATION_SQL_SYNTAX f.sql:2:2", "a string in its SQL that is not closed", "'"],
        ["VALIDATION_SQL_NOT_A_QUERY config/nodes.yaml:7:10", "which gives no rows", "remove `output`"],
        ["VALIDATION_SQL_TARGET config/nodes.yaml:9:10", 'changes "c" by SQL', "name the dataset"],
        ["VALIDATION_SQL_PARAMETER config/nodes.yaml:10:10", "uses ?", "hyperparams"],
      ],
    ));

  it("finds a query with two outputs", () =>
    check({ "config/nodes.yaml": "a: {sql: select 1, output: [x, y]}\n" }, {}, [
      ["VALIDATION_SQL_OUTPUTS config/nodes.yaml:1:32", "2 outputs", "one output"],
    ]));
});
