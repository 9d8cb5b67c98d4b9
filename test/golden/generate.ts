/**
 * Writes the messages that PySpark makes for the golden cases: `test/golden/expected/<topic>.json`.
 *
 *     npm run golden                      # all topics
 *     npm run golden -- functions-math    # some
 */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "@bufbuild/protobuf";
import { python } from "../../bench/harness/python.ts";
import { remote } from "../integration/spark.ts";
import { normalise } from "./messages.ts";
import { casesOf, expectedFile, topics } from "./topics.ts";

const wanted = process.argv.slice(2);
const unknown = wanted.filter((topic) => !topics().includes(topic));
if (unknown.length > 0) throw new Error(`no cases/${unknown.join(".ts, cases/")}.ts`);

const interpreter = python("pyspark-client", "pyspark-client==4.2.0");
const env = {
  ...process.env,
  SPARK_REMOTE: (await remote()).replace("127.0.0.1", "localhost"),
  SPARK_CONNECT_MODE_ENABLED: "1",
};

for (const topic of wanted.length > 0 ? wanted : topics()) {
  const cases = casesOf(topic);
  const { status, stdout } = spawnSync(interpreter, [join(import.meta.dirname, "generate.py")], {
    input: JSON.stringify(cases.map((golden) => golden.python)),
    env,
    stdio: ["pipe", "pipe", "inherit"],
    maxBuffer: 2 ** 28,
  });
  const messages = JSON.parse(stdout.toString() || "{}") as Record<string, JsonValue>;
  const lines = Object.entries(messages).map(
    ([expression, message]) => `${JSON.stringify(expression)}: ${JSON.stringify(normalise(message))}`,
  );
  writeFileSync(expectedFile(topic), `{\n${lines.join(",\n")}\n}\n`);
  console.log(`${topic}: ${lines.length} of ${cases.length}`);
  if (status !== 0) process.exitCode = 1;
}
process.exit();
