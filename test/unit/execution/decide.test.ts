import { expect } from "chai";
import type { NodeFingerprint } from "../../../src/events/run-event.ts";
import { decide, type ResumeFacts } from "../../../src/execution/resume/decide.ts";
import type { StandingOutput } from "../../../src/execution/resume/standing-outputs.ts";
import type { DatasetVersion } from "../../../src/io/delta-history.ts";
import type { AttemptRecord, NodeRecord } from "../../../src/state/run-store.ts";

const print: NodeFingerprint = { config: "c", code: "k", parameters: "p", window: "w" };
const chain = [
  { name: "a", dependsOn: [], fingerprint: print },
  { name: "b", dependsOn: ["a"], fingerprint: print },
  { name: "c", dependsOn: ["b"], fingerprint: print },
  { name: "beside", dependsOn: [], fingerprint: print },
];
const attempt = (changes: Partial<AttemptRecord> = {}): AttemptRecord => ({
  attempt: 1,
  state: "success",
  startedAt: "2026-01-01T00:00:00.000Z",
  fingerprint: print,
  inputs: [],
  ...changes,
});
const node = (name: string, state: NodeRecord["state"], changes: Partial<NodeRecord> = {}): NodeRecord => ({
  name,
  dependsOn: [],
  state,
  attempts: state === "success" ? [attempt()] : [],
  ...changes,
});
const written = [{ dataset: "d", mode: "append", outcome: "written" as const, rows: 5n, durationMs: 1 }];

function facts(nodes: readonly NodeRecord[], changes: Partial<ResumeFacts> = {}): ResumeFacts {
  return {
    nodes: chain,
    stored: new Map(nodes.map((one) => [one.name, one])),
    settled: new Map(),
    unknown: new Map(),
    written: new Map(),
    lost: new Map(),
    standing: new Map(),
    kept: new Set(),
    commands: { resume: "RESUME", retry: "RETRY", newRun: "RUN" },
    versions: new Map(),
    forced: new Set(),
    ...changes,
  };
}

function decisions(nodes: readonly NodeRecord[], changes: Partial<ResumeFacts> = {}) {
  const decided = decide(facts(nodes, changes));
  return Object.fromEntries(decided.map(({ name, decision, reason }) => [name, [decision, reason]]));
}

const done = chain.map(({ name }) => node(name, "success"));
const kept = ["keep", "it is done, and nothing it depends on has changed"];

describe("what a resume decides", () => {
  it("keeps what is done and valid, and runs the rest", () => {
    const stored = [
      node("a", "success"),
      node("b", "failed", { attempts: [attempt({ state: "failed" })] }),
      node("c", "skipped", { because: "b" }),
      node("beside", "success"),
    ];
    expect(decisions(stored)).to.deep.equal({
      a: kept,
      b: ["run", "it failed"],
      c: ["run", "it was skipped because of b"],
      beside: kept,
    });
  });

  it("tells when what it keeps had run, and of nothing else", () => {
    const times = {
      startedAt: "2026-01-01T00:00:00.000Z",
      endedAt: "2026-01-01T00:00:09.000Z",
      durationMs: 9_000,
    };
    const stored = [
      node("a", "success", times),
      node("b", "failed", { ...times, attempts: [attempt({ state: "failed" })] }),
      node("beside", "running", { startedAt: times.startedAt, attempts: [attempt({ state: "running" })] }),
    ];
    const resumed = decide(facts(stored, { settled: new Map([["beside", written]]) }));
    const found = resumed.map(({ name, startedAt, endedAt, durationMs }) => [
      name,
      startedAt,
      endedAt,
      durationMs,
    ]);
    const none = [undefined, undefined, undefined];
    expect(found).to.deep.equal([
      ["a", times.startedAt, times.endedAt, 9_000],
      ["b", ...none],
      ["c", ...none],
      ["beside", ...none],
    ]);
  });

  for (const [part, reason] of [
    ["config", "its config changed"],
    ["code", "its code changed"],
    ["parameters", "its parameters changed"],
    ["window", "its window changed"],
  ] as const) {
    it(`runs a node whose ${part} changed, and what is below it`, () => {
      const nodes = chain.map((one) =>
        one.name === "a" ? { ...one, fingerprint: { ...print, [part]: "other" } } : one,
      );
      expect(decisions(done, { nodes })).to.deep.equal({
        a: ["run", reason],
        b: ["run", "a above it runs again"],
        c: ["run", "b above it runs again"],
        beside: kept,
      });
    });
  }

  it("runs a node whose input has another version, or is gone; one without versions cannot tell", () => {
    const committedAt = "2026-01-01T00:00:00.000000Z";
    const inputs = [{ dataset: "raw", version: 3n, committedAt }, { dataset: "files" }];
    const stored = [node("beside", "success", { attempts: [attempt({ inputs })] })];
    const nodes = chain.slice(3);
    const at = (...raw: DatasetVersion[]) =>
      decisions(stored, { nodes, versions: new Map([["raw", raw]]) })["beside"];
    const later = "2026-01-02T00:00:00.000000Z";
    expect(at({ version: 4n, committedAt: later })).to.deep.equal([
      "run",
      "its input raw went from version 3 to 4",
    ]);
    expect(at({ version: 3n, committedAt: later })).to.deep.equal(["run", "its input raw was made anew"]);
    expect(at()).to.deep.equal(["run", "its input raw is not there any more"]);
    expect(at({ version: 3n, committedAt })).to.deep.equal([
      "keep",
      "it is done, and nothing it depends on has changed (files has no versions to compare)",
    ]);
  });

  it("runs a node whose output is gone, and what is below it", () => {
    expect(
      decisions(done, {
        lost: new Map([["b", { reason: "what it wrote is not in t any more", isWhole: true }]]),
      }),
    ).to.deep.equal({
      a: kept,
      b: ["run", "what it wrote is not in t any more"],
      c: ["run", "b above it runs again"],
      beside: kept,
    });
  });

  it("settles a node whose outputs are all at their targets, unless it would have to run again anyway", () => {
    const stored = [
      node("a", "running", { attempts: [attempt({ state: "running" })] }),
      ...done.filter(({ name }) => name !== "a"),
    ];
    const settled = new Map([["a", written]]);
    expect(decisions(stored, { settled })["a"]).to.deep.equal([
      "settled",
      "its end was not seen, but all it writes is at its target",
    ]);
    expect(decisions(stored, { settled })["b"]).to.deep.equal(kept);
    const changed = chain.map((one) => ({ ...one, fingerprint: { ...print, code: "new" } }));
    expect(decisions(stored, { settled, nodes: changed })["a"]).to.deep.equal(["run", "its code changed"]);
  });

  it("guesses nothing: a node of unknown outcome waits for the user, with what is below it", () => {
    const stored = [node("a", "running", { attempts: [attempt({ state: "running" })] }), ...done.slice(1)];
    const unknown = new Map([["a", "files"]]);
    expect(decisions(stored, { unknown })).to.deep.equal({
      a: [
        "undecided",
        "nobody knows whether node 'a' has written to 'files', which keeps no history to tell",
      ],
      b: ["blocked", "a needs a decision"],
      c: ["blocked", "a needs a decision"],
      beside: kept,
    });
    expect(decisions(stored, { unknown, forced: new Set(["a"]) })["a"]).to.deep.equal([
      "run",
      "it was asked for",
    ]);
  });

  it("runs what the user asks for and what is below it, though all of it is done", () => {
    expect(decisions(done, { forced: new Set(["b"]) })).to.deep.equal({
      a: kept,
      b: ["run", "it was asked for"],
      c: ["run", "b above it runs again"],
      beside: kept,
    });
  });

  it("runs what is new in the pipeline, and what nobody recorded the making of", () => {
    const old = [node("a", "success", { attempts: [{ attempt: 1, state: "success", startedAt: "" }] })];
    expect(decisions(old, { nodes: chain.slice(0, 2) })).to.deep.equal({
      a: ["run", "nobody recorded what it ran with"],
      b: ["run", "it is new in the pipeline"],
    });
  });

  describe("of what the run has written and can write only once", () => {
    const standing = (
      changes: Partial<StandingOutput> = {},
    ): ReadonlyMap<string, readonly StandingOutput[]> =>
      new Map([
        [
          "a",
          [
            {
              dataset: "t",
              mode: "append",
              kind: "stands",
              attempt: 1,
              version: 4n,
              undo: "UNDO",
              ...changes,
            },
          ],
        ],
      ]);
    const only = chain.slice(0, 1);
    const changed = only.map((one) => ({ ...one, fingerprint: { ...print, code: "new" } }));
    const judged = (nodes: readonly NodeRecord[], changes: Partial<ResumeFacts>) => {
      const [node] = decide(facts(nodes, { nodes: only, ...changes }));
      return [node?.decision, node?.error?.code];
    };
    const success = [node("a", "success")];
    const failed = [node("a", "failed", { attempts: [attempt({ state: "failed" })] })];

    it("refuses to mix it with rows of other code, says how to undo it, and keeps it where the user says so", () => {
      const [refused] = decide(facts(success, { nodes: changed, standing: standing() }));
      expect(refused?.error).to.deep.include({
        code: "RUN_WRITE_STANDS",
        message:
          "what node 'a' has appended to 't' in version 4 stays there, but it must run again, because its code changed; the result would be mixed",
        hint: "To have it written again: UNDO, then RESUME. To leave its rows as they are: RESUME --keep a. To make the whole run anew, beside what is there: RUN.",
      });
      expect(judged(success, { standing: standing(), forced: new Set(["a"]) })).to.deep.equal([
        "undecided",
        "RUN_WRITE_STANDS",
      ]);
      expect(judged(success, { nodes: changed, standing: standing(), kept: new Set(["a"]) })[0]).to.equal(
        "keep",
      );
      expect(judged(success, { standing: standing() })[0]).to.equal("keep");
    });

    it("lets an attempt that failed go on with the same code and inputs, and with no other", () => {
      expect(judged(failed, { standing: standing() })[0]).to.equal("run");
      expect(judged(failed, { standing: standing(), forced: new Set(["a"]) })[0]).to.equal("run");
      expect(judged(failed, { nodes: changed, standing: standing() })[1]).to.equal("RUN_WRITE_STANDS");
      const inputs = [{ dataset: "raw", version: 3n }];
      const read = [node("a", "failed", { attempts: [attempt({ state: "failed", inputs })] })];
      const at = (...versions: bigint[]) =>
        judged(read, {
          standing: standing(),
          versions: new Map([["raw", versions.map((version) => ({ version }))]]),
        });
      expect(at(3n)[0]).to.equal("run");
      expect(at(5n, 4n, 3n)[0]).to.equal("run");
      expect(at(4n)[1]).to.equal("RUN_WRITE_STANDS");
    });

    it("refuses what was taken away in part, or what nobody can tell; the user's word counts where no history is", () => {
      const by = { version: 5n, operation: "DELETE" };
      const lost = new Map([["a", { reason: "it was changed", isWhole: false }]]);
      const damaged = { lost, standing: standing({ kind: "damaged", by }) };
      expect(judged(success, damaged)[1]).to.equal("RUN_WRITE_DAMAGED");
      expect(judged(success, { ...damaged, forced: new Set(["a"]) })[1]).to.equal("RUN_WRITE_DAMAGED");
      expect(judged(success, { ...damaged, kept: new Set(["a"]) })[0]).to.equal("keep");
      expect(judged(failed, { standing: standing({ kind: "unknown" }) })[1]).to.equal("RUN_OUTCOME_UNKNOWN");
      const untold = { nodes: changed, standing: standing({ kind: "untold" }) };
      expect(judged(success, untold)[1]).to.equal("RUN_WRITE_STANDS");
      expect(judged(success, { ...untold, forced: new Set(["a"]) })[0]).to.equal("run");
    });

    it("makes again what was undone, and keeps nothing of it", () => {
      const lost = new Map([["a", { reason: "it was undone", isWhole: true }]]);
      expect(judged(success, { lost })[0]).to.equal("run");
      expect(judged(success, { lost, kept: new Set(["a"]) })[1]).to.equal("RUN_NOTHING_TO_KEEP");
      expect(judged(failed, { kept: new Set(["a"]) })[1]).to.equal("RUN_NOTHING_TO_KEEP");
    });

    it("still counts as done after it had to wait for a decision", () => {
      const waited = [node("a", "failed", { attempts: [attempt()] })];
      expect(judged(waited, { standing: standing() })[0]).to.equal("keep");
    });
  });
});
