import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { SparkError } from "../../../src/connect/errors.ts";
import { ownTag, tagText, transactionId } from "../../../src/io/commit-tag.ts";
import { windowPredicate } from "../../../src/io/day-window.ts";
import { namespaceOf } from "../../../src/io/namespace.ts";
import { refuseOverwritingInputs } from "../../../src/io/own-input.ts";
import { readError } from "../../../src/io/read-error.ts";
import { samePlace } from "../../../src/io/same-place.ts";
import { isRepeatable, saveOutput } from "../../../src/io/save-output.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";

const dataset = (some: Partial<DatasetConfig>): DatasetConfig => ({
  name: "d",
  location: { kind: "table", table: "d" },
  format: "delta",
  mode: "overwrite",
  partitionBy: [],
  mergeKeys: [],
  options: {},
  ...some,
});
const path = (at: string): DatasetConfig["location"] => ({ kind: "path", path: at });

describe("windowPredicate", () => {
  it("holds both days whole, over months, years and leap days", () => {
    const until = (endDate: string) => windowPredicate("a`b", { startDate: "2000-01-01", endDate });
    expect(until("2001-01-31")).to.equal("`a``b` >= DATE'2000-01-01' AND `a``b` < DATE'2001-02-01'");
    expect(until("2000-02-28")).to.contain("DATE'2000-02-29'");
    expect(until("2000-12-31")).to.contain("DATE'2001-01-01'");
  });

  it("refuses what is no day", () => {
    expect(() => windowPredicate("d", { startDate: "2000-01-01' OR '1", endDate: "2000-01-02" })).to.throw(
      "is not a day",
    );
  });
});

describe("commit tags", () => {
  const tag = { pipeline: "p", node: "n", runId: "r", attempt: 2 };

  it("are found again by run, node and dataset, with their attempt", () => {
    expect(ownTag(tagText({ ...tag, attempt: 2 }, "d"), tag, "d")).to.deep.equal({ ...tag, dataset: "d" });
    expect(ownTag(tagText(tag, "d"), { ...tag, runId: "s" }, "d")).to.equal(undefined);
    expect(ownTag(tagText(tag, "d"), tag, "e")).to.equal(undefined);
  });

  it("are not found in what others wrote", () => {
    for (const foreign of [undefined, null, "", "text", "null", "3", '{"sparkwright":null}', "{"]) {
      expect(ownTag(foreign, tag, "d")).to.equal(undefined);
    }
  });

  it("name an append or a merge by everything but the attempt", () => {
    expect(transactionId(tag, "d")).to.equal(transactionId({ ...tag, attempt: 9 }, "d"));
    const ids = [
      transactionId(tag, "d"),
      transactionId({ ...tag, runId: "s" }, "d"),
      transactionId({ ...tag, node: "n/d" }, "e"),
      transactionId(tag, "d/e"),
      transactionId({ ...tag, redoOf: 3n }, "d"),
      transactionId({ ...tag, redoOf: 5n }, "d"),
      transactionId({ ...tag, runId: "r/after-3" }, "d"),
    ];
    expect(new Set(ids).size).to.equal(ids.length);
  });
});

describe("namespaceOf", () => {
  it("is everything before the last dot, in backquotes", () => {
    expect(["t", "a.t", "a.b.t", "`a.b`.t", "`a.b`"].map(namespaceOf)).to.deep.equal([
      undefined,
      "`a`",
      "`a`.`b`",
      "`a.b`",
      undefined,
    ]);
  });
});

describe("samePlace", () => {
  it("knows a folder under its different spellings, and what is inside", () => {
    for (const file of ["/data/x", "file:/data/x", "file:///data/x/", "/data//x/part-0.parquet"]) {
      expect(samePlace(file, "/data/x"), file).to.equal(true);
    }
    for (const file of ["/data/xy", "/data", "s3://data/x"])
      expect(samePlace(file, "/data/x"), file).to.equal(false);
    expect(samePlace("file:///da%20ta/x", "/da ta")).to.equal(true);
  });
});

describe("refuseOverwritingInputs", () => {
  const files = (at: string, name = at) => dataset({ name, location: path(at), format: "parquet" });

  it("refuses files over themselves, above and below", () => {
    for (const [input, output] of [
      ["/a/b", "/a/b"],
      ["/a/b", "/a"],
      ["/a", "file:/a/b"],
    ] as const) {
      expect(() => refuseOverwritingInputs("n", [files(input, "i")], [files(output, "o")])).to.throw(
        "would overwrite",
      );
    }
  });

  it("lets Delta, other places and other modes through", () => {
    refuseOverwritingInputs("n", [dataset({})], [dataset({})]);
    refuseOverwritingInputs("n", [files("/a/b")], [files("/a/c")]);
    refuseOverwritingInputs("n", [files("/a")], [{ ...files("/a"), mode: "append" }]);
  });
});

describe("readError", () => {
  const missing = new SparkError("no", { grpcStatus: "INTERNAL", errorClass: "PATH_NOT_FOUND" });

  it("tells a path that only the client sees from one that nobody sees", () => {
    const here = mkdtempSync(`${tmpdir()}/io-`);
    const seen = readError("host:15002", dataset({ location: path(here) }), missing) as {
      hint: string;
      message: string;
    };
    expect(seen.message).to.contain("the Spark server at host:15002 finds nothing at this path");
    expect(seen.hint).to.contain("mount the folder into the server");
    const nowhere = readError("h:1", dataset({ location: path("file:/no/such") }), missing) as {
      hint: string;
    };
    expect(nowhere.hint).to.contain("It does not exist on this machine either");
    expect(readError("h:1", dataset({ location: path("s3://b/x") }), missing))
      .to.have.property("hint")
      .match(/access/);
  });

  it("passes other errors on", () => {
    const error = new Error("x");
    expect(readError("h:1", dataset({}), error)).to.equal(error);
  });
});

describe("saveOutput", () => {
  it("refuses a mode that is none or does not fit, before it asks anybody", async () => {
    const session = new SparkSession({ remote: "sc://localhost:1" });
    const tag = { pipeline: "p", node: "n", runId: "r", attempt: 1 };
    const save = (some: Partial<DatasetConfig>) =>
      saveOutput({ session, dataset: dataset(some), frame: session.range(1), window: undefined, tag }).then(
        () => "saved",
        (error: unknown) => Reflect.get(error as object, "code"),
      );
    expect(await save({ mode: "overwritten" as never })).to.equal("DATASET_MODE");
    expect(await save({ mode: "merge", format: "parquet" })).to.equal("DATASET_MODE");
  });

  it("may be repeated where a repetition leaves the same", () => {
    expect(isRepeatable(dataset({ mode: "append" }))).to.equal(true);
    expect(isRepeatable(dataset({ mode: "append", format: "parquet" }))).to.equal(false);
    expect(isRepeatable(dataset({ mode: "overwrite", format: "csv" }))).to.equal(true);
  });
});
