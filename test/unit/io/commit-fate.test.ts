import { expect } from "chai";
import { commitFate } from "../../../src/io/commit-fate.ts";
import { type ReplacedDays, tagText } from "../../../src/io/commit-tag.ts";
import type { DeltaCommit } from "../../../src/io/delta-history.ts";
import { Timestamp } from "../../../src/sql/index.ts";

const dayMicros = 86_400_000_000n;

/** Commits from the first on, a day apart. */
function history(...commits: readonly Partial<DeltaCommit>[]): DeltaCommit[] {
  return commits
    .map((commit, index) => ({
      version: BigInt(index),
      committedAt: new Timestamp(BigInt(index) * dayMicros),
      operation: "WRITE",
      parameters: new Map([["mode", "Append"]]),
      metrics: new Map([["numOutputRows", "3"]]),
      userMetadata: undefined,
      ...commit,
    }))
    .reverse();
}

const tagged = (
  runId: string,
  some: { mode?: string; replaces?: ReplacedDays; node?: string } = {},
): string => tagText({ pipeline: "p", node: "n", runId, attempt: 1, mode: "append", ...some }, "d");
const own = { userMetadata: tagged("r") };
const op = (operation: string, parameters = {}, metrics = {}): Partial<DeltaCommit> => ({
  operation,
  parameters: new Map(Object.entries<string | null>(parameters)),
  metrics: new Map(Object.entries<string>(metrics)),
});
const fate = (...commits: readonly Partial<DeltaCommit>[]) => {
  const found = commitFate(history(...commits), { runId: "r", node: "n" }, "d");
  return "by" in found
    ? `${found.kind} ${found.commit.version} by ${found.by.version}`
    : found.kind === "stands"
      ? `stands ${found.commit.version}${found.isLast ? ", last" : ""}`
      : found.kind;
};
const created = op("CREATE TABLE");

describe("what became of a commit", () => {
  it("is told by what lies above it", () => {
    const cases: readonly (readonly [Partial<DeltaCommit>, string])[] = [
      [op("OPTIMIZE", {}, { numRemovedFiles: "9" }), "stands 1, last"],
      [op("VACUUM END"), "stands 1, last"],
      [op("SET TBLPROPERTIES"), "stands 1, last"],
      [op("ADD COLUMNS"), "stands 1, last"],
      [{}, "stands 1"],
      [op("STREAMING UPDATE", { outputMode: "Append" }), "stands 1"],
      [op("UPDATE", {}, { numUpdatedRows: "3" }), "stands 1"],
      [op("MERGE", {}, { numTargetRowsDeleted: "0" }), "stands 1"],
      [op("MERGE", {}, { numTargetRowsDeleted: "1" }), "damaged 1 by 2"],
      [{ ...op("MERGE", {}, { numTargetRowsDeleted: "1" }), userMetadata: tagged("later") }, "stands 1"],
      [op("DELETE", { predicate: '["(id = 1)"]' }, { numDeletedRows: "1" }), "damaged 1 by 2"],
      [op("DELETE", { predicate: '["true"]' }, { numDeletedRows: "3" }), "undone 1 by 2"],
      [op("TRUNCATE"), "undone 1 by 2"],
      [op("WRITE", { mode: "Overwrite" }, { numRemovedFiles: "1" }), "undone 1 by 2"],
      [op("WRITE", { mode: "Overwrite", predicate: "a = 1" }, { numRemovedFiles: "1" }), "damaged 1 by 2"],
      [op("WRITE", { mode: "Overwrite", predicate: "a = 1" }, { numRemovedFiles: "0" }), "stands 1"],
      [
        op("WRITE", { mode: "Overwrite", isDynamicPartitionOverwrite: "true" }, { numRemovedFiles: "1" }),
        "damaged 1 by 2",
      ],
      [op("STREAMING UPDATE", { outputMode: "Complete" }, { numRemovedFiles: "1" }), "undone 1 by 2"],
      [op("CREATE OR REPLACE TABLE AS SELECT"), "undone 1 by 2"],
      [op("REPLACE TABLE"), "undone 1 by 2"],
      [op("DROP COLUMNS"), "damaged 1 by 2"],
      [op("something new"), "damaged 1 by 2"],
      [op("RESTORE", { version: "0", timestamp: null }), "undone 1 by 2"],
      [op("RESTORE", { version: "1", timestamp: null }), "stands 1, last"],
    ];
    for (const [commit, expected] of cases)
      expect(fate(created, own, commit), String(commit.operation)).to.equal(expected);
    expect(fate(created)).to.equal("absent");
    expect(fate(created, { userMetadata: tagged("other") })).to.equal("absent");
    expect(fate(created, { userMetadata: tagged("r", { node: "m" }) })).to.equal("absent");
  });

  it("follows one RESTORE through another", () => {
    const to = (version: number) => op("RESTORE", { version: String(version), timestamp: null });
    expect(fate(created, own, to(0), to(1))).to.equal("stands 1, last");
    expect(fate(created, own, op("TRUNCATE"), to(1))).to.equal("stands 1, last");
    expect(fate(created, own, to(0), own, to(2))).to.equal("undone 3 by 4");
    expect(fate(created, own, to(0), own, to(1))).to.equal("stands 1");
  });

  it("reads the time of a RESTORE in every zone it may mean", () => {
    const at = (timestamp: string) => op("RESTORE", { version: null, timestamp });
    expect(fate(created, own, {}, {}, {}, at("1970-01-01T00:30:00Z"))).to.equal("undone 1 by 5");
    expect(fate(created, own, {}, {}, {}, at("1970-01-02T00:30:00.5+00:00"))).to.equal("stands 1, last");
    // In some zone it is before the commit, in another after it.
    expect(fate(created, own, {}, {}, {}, at("1970-01-02 01:00:00"))).to.equal("damaged 1 by 5");
    expect(fate(created, own, {}, {}, {}, at("yesterday"))).to.equal("damaged 1 by 5");
  });

  it("keeps windows of other days apart", () => {
    const window = (startDate: string, endDate: string, runId: string, column = "day") => ({
      ...op(
        "WRITE",
        { mode: "Overwrite", predicate: "day …" },
        { numRemovedFiles: "1", numDeletedRows: "2" },
      ),
      userMetadata: tagged(runId, { mode: "replace_window", replaces: { column, startDate, endDate } }),
    });
    const january = window("2024-01-01", "2024-01-31", "r");
    expect(fate(created, january, window("2024-02-01", "2024-02-29", "s"))).to.equal("stands 1");
    expect(fate(created, january, window("2024-01-31", "2024-02-29", "s"))).to.equal("damaged 1 by 2");
    expect(fate(created, january, window("2024-02-01", "2024-02-29", "s", "sold"))).to.equal(
      "damaged 1 by 2",
    );
  });
});
