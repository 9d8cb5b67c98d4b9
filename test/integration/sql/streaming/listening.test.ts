import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { ConnectClient } from "../../../../src/connect/connect-client.ts";
import { parseConnectionString } from "../../../../src/connect/connection-string.ts";
import { SparkSession } from "../../../../src/sql/index.ts";
import { BreakingProxy } from "../../connect/breaking-proxy.ts";
import { remote } from "../../spark.ts";
import { until } from "../surface/stream-fixture.ts";

const run = promisify(execFile);
const child = fileURLToPath(new URL("listening-child.ts", import.meta.url));

describe("listening to streaming queries", function () {
  this.timeout(240_000);

  it("does not keep the process alive", async () => {
    const { stdout } = await run(process.execPath, ["--no-warnings", child, await remote()], {
      timeout: 120_000,
    });
    expect(stdout).to.equal("7");
  });

  it("misses no event when its connection breaks", async () => {
    const { host, port, token } = parseConnectionString(await remote());
    const proxy = new BreakingProxy(host, port);
    const spark = new SparkSession(
      new ConnectClient({
        remote: `sc://127.0.0.1:${await proxy.listen()}`,
        ...(token === undefined ? {} : { token }),
        onWarning: () => {},
      }),
    );
    const told: bigint[] = [];
    let ended = false;
    await spark.streams.addListener({
      onQueryProgress: ({ progress }) => {
        told.push(progress.batchId);
        if (told.length % 3 === 1) proxy.cut();
      },
      onQueryTerminated: () => {
        ended = true;
      },
    });
    const query = await spark.readStream
      .format("rate-micro-batch")
      .option("rowsPerBatch", 1)
      .load()
      .writeStream.format("noop")
      .start();
    await until(() => told.length >= 10);
    await query.stop();
    await until(() => ended);
    expect(told).to.deep.equal(told.map((_, i) => BigInt(i)));
    expect(proxy.connections).to.be.above(3);
    await spark.stop();
    proxy.close();
  });
});
