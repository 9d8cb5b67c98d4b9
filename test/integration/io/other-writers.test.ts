import { mkdirSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import type { DatasetConfig } from "../../../src/config/project.ts";
import { classifyFailure } from "../../../src/execution/classify-failure.ts";
import { engineSession } from "../engine/engine-project.ts";
import { DatasetFixture } from "./dataset-fixture.ts";

describe("datasets that others write too", function () {
  this.timeout(300_000);
  let on: DatasetFixture;
  before(async () => {
    on = await DatasetFixture.open("writers");
  });
  after(async () => {
    await on.close();
  });

  it("are read as they are now, by a session that has read them before", async () => {
    const reader = await engineSession();
    for (const [store, dataset] of on.stores("fresh", {}, ["delta", "parquet", "csv"])) {
      const rows = async () => await on.read(dataset, undefined, reader);
      for (const id of ["1", "2"]) {
        expect((await on.save(dataset, `select ${id} as id`)).error, store).to.equal(undefined);
        expect(await rows(), store).to.deep.equal([id]);
      }
      expect((await on.save({ ...dataset, mode: "append" }, "select 3 as id")).error, store).to.equal(
        undefined,
      );
      expect(await rows(), store).to.deep.equal(["2", "3"]);
      if (dataset.location.kind !== "table") continue;
      await on.session.sql(`drop table ${dataset.location.table}`);
      expect(await rows().catch((error: unknown) => error), store).to.have.property(
        "code",
        "DATASET_NOT_FOUND",
      );
      await on.save(dataset, "select 'new' as other");
      expect(await rows(), store).to.deep.equal(["new"]);
    }
    await reader.stop();
  });

  it("are created by one of several at once; the others may try again", async () => {
    const sessions = await Promise.all([1, 2, 3].map(engineSession));
    for (const mode of ["overwrite", "append", "merge"] as const) {
      for (const [store, dataset] of on.stores(`created_${mode}`, { mode, mergeKeys: ["id"] }, ["delta"])) {
        const written = await Promise.all(
          sessions.map(async (session, index) => {
            const save = async (attempt: number) =>
              await on.save(dataset, "", {
                session,
                frame: await session.sql(`select ${index} as id`),
                tag: { pipeline: "p", node: "n", runId: `${store}-${mode}-${index}`, attempt },
              });
            for (let attempt = 1; ; attempt++) {
              const { saved, error } = await save(attempt);
              if (saved !== undefined) return saved.outcome;
              expect(classifyFailure(error), `${store} ${mode}: ${error?.code} ${error?.message}`).to.equal(
                "transient",
              );
              expect(attempt, `${store} ${mode}: ${error?.message}`).to.be.below(10);
            }
          }),
        );
        expect(written, `${store} ${mode}`).to.deep.equal(["written", "written", "written"]);
        const rows = await on.read(dataset);
        if (mode === "overwrite") expect(rows, store).to.have.length(1);
        else expect(rows, `${store} ${mode}`).to.deep.equal(["0", "1", "2"]);
      }
    }
    for (const session of sessions) await session.stop();
  });

  it("begin anew where a failed write left a folder, in modes ignore and error", async () => {
    const schema = [{ name: "id", type: "int", nullable: true }];
    for (const some of [{}, { schema }] as readonly Partial<DatasetConfig>[]) {
      for (const mode of ["ignore", "error"] as const) {
        for (const [store, dataset] of on.stores("left", { ...some, mode }, ["parquet", "json", "csv"])) {
          if (dataset.location.kind !== "path") continue;
          const { path } = dataset.location;
          mkdirSync(`${path}/_temporary/0`, { recursive: true });
          writeFileSync(`${path}/.part-0.crc`, "");
          expect((await on.save(dataset, "select 1 as id")).saved, `${store} ${mode}`).to.deep.equal({
            outcome: "written",
            rows: 1n,
          });
          const again = await on.save(dataset, "select 2 as id");
          if (mode === "ignore") expect(again.saved, store).to.deep.equal({ outcome: "ignored", rows: 0n });
          else expect(again.error, store).to.include({ code: "DATASET_EXISTS" });
          expect(await on.read(dataset), `${store} ${mode}`).to.deep.equal(["1"]);
        }
      }
    }
  });
});
