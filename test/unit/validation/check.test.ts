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
          "WHERE day BETWEEN :start_date AND :end_date",
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

  it("finds a table of the catalog that is named whole in backquotes", () =>
    check(
      {
        "config/datasets.yaml": "s.table: {}\ns.path: {path: p}\ns.other: {table: t}\n",
        "config/nodes.yaml": "a: {sql: q.sql, input: [s.table, s.path, s.other]}\n",
        "q.sql": "select * from s.table, `s`.table,\n`s.path` join `s.other`",
      },
      {},
      [],
    ).then(() =>
      check(
        {
          "config/datasets.yaml": "s.table: {}\n",
          "config/nodes.yaml": "a: {sql: q.sql, input: s.table}\n",
          "q.sql": "select *\nfrom `s.table`",
        },
        {},
        [["VALIDATION_SQL_QUOTED q.sql:2:6", "reads `s.table`", "Write s.table"]],
      ),
    ));

  it("finds a query with two outputs", () =>
    check({ "config/nodes.yaml": "a: {sql: select 1, output: [x, y]}\n" }, {}, [
      ["VALIDATION_SQL_OUTPUTS config/nodes.yaml:1:32", "2 outputs", "one output"],
    ]));
});
