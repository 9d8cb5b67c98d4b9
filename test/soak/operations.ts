import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface ServerCount {
  /** How many operations of nodes the server has begun. */
  readonly operations: number;
  /** Operations whose id was begun twice. */
  readonly sameIdTwice: readonly string[];
  /** Operations of a node that began while one of an earlier attempt of it was alive. */
  readonly overlapping: readonly string[];
}

interface Operation {
  readonly id: string;
  readonly node: string;
  readonly attempt: number;
  readonly startedAt: number;
  endedAt: number;
}

/**
 * Counts on the server what was submitted while something else lived: from Spark's own event log, which has the start
 * and the end of every Connect operation, with its tags. The log is whole once the server has stopped.
 */
export async function countOperations(logFolder: string): Promise<ServerCount> {
  const operations = new Map<string, Operation>();
  const sameIdTwice: string[] = [];
  for (const file of readdirSync(logFolder)) {
    for await (const line of createInterface({ input: createReadStream(join(logFolder, file)) })) {
      if (!line.includes("SparkListenerConnectOperation")) continue;
      const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
      const kind = String(event["Event"]).replace(/^.*SparkListenerConnectOperation/, "");
      const id = String(event["operationId"]);
      const at = Number(event["eventTime"]);
      if (kind === "Started") {
        if (operations.has(id)) sameIdTwice.push(id);
        const tags = (event["sparkSessionTags"] ?? []) as readonly string[];
        const tagged = (prefix: string) => tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length);
        const run = tagged("sparkwright-run-");
        const node = tagged("sparkwright-node-");
        if (run === undefined || node === undefined) continue;
        const attempt = Number(tagged("sparkwright-attempt-"));
        if (!Number.isInteger(attempt)) throw new Error(`operation ${id} of ${node} names no attempt`);
        operations.set(id, { id, node: `${run} ${node}`, attempt, startedAt: at, endedAt: Infinity });
      } else if (["Finished", "Failed", "Canceled", "Closed"].includes(kind)) {
        const operation = operations.get(id);
        if (operation !== undefined) operation.endedAt = Math.min(operation.endedAt, at);
      }
    }
  }
  const overlapping = [...Map.groupBy(operations.values(), ({ node }) => node).values()].flatMap((ofNode) =>
    ofNode
      .filter((later) =>
        ofNode.some((earlier) => earlier.attempt < later.attempt && earlier.endedAt > later.startedAt),
      )
      .map(({ node, attempt, id }) => `${node} attempt ${attempt}: ${id}`),
  );
  return { operations: operations.size, sameIdTwice, overlapping };
}
