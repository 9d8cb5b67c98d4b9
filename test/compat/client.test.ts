import { expect } from "chai";
import { isOlder } from "../../src/connect/newer-features.ts";
import { ServerTooOldError } from "../../src/sql/index.ts";
import { getSpark } from "../integration/spark.ts";
import { features } from "./features.ts";

/** On the server of SPARK_REMOTE; `npm run compat` starts one of each release of Spark. */
describe("the client", () => {
  for (const { name, since, run } of features) {
    it(name, async () => {
      const spark = await getSpark();
      const version = await spark.version();
      if (!isOlder(version, since)) return await run(spark);
      const error = await run(spark).then(
        () => expect.fail(`Spark ${version} can do what Spark ${since} is the first to do`),
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(ServerTooOldError);
      expect(error).to.include({ code: "SERVER_TOO_OLD", neededVersion: since, serverVersion: version });
    });
  }
});
