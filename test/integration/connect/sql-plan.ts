import { create } from "@bufbuild/protobuf";
import { type ExecutePlanResponse, type Plan, PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import { decodeBatch } from "../../../src/arrow/decode.ts";
import { ArrowChunks } from "../../../src/connect/arrow-chunks.ts";
import { ConnectClient } from "../../../src/connect/connect-client.ts";
import { remote } from "../spark.ts";

export function sqlPlan(query: string): Plan {
  return create(PlanSchema, {
    opType: { case: "root", value: { relType: { case: "sql", value: { query } } } },
  });
}

/**
 * A query of 20 s with one task, whose last row number other sessions can read with {@link progressOf}: the test
 * server runs its tasks in its own process.
 */
export function slowPlan(key: string): Plan {
  return sqlPlan(
    `SELECT id, reflect('java.lang.System', 'setProperty', '${key}', CAST(id AS STRING)),
            reflect('java.lang.Thread', 'sleep', 100L) FROM range(0, 200, 1, 1)`,
  );
}

export async function progressOf(client: ConnectClient, key: string): Promise<string | undefined> {
  const [row] = await rowsOf(
    client.execute(sqlPlan(`SELECT reflect('java.lang.System', 'getProperty', '${key}') AS at`)),
  );
  return row?.[0] as string | undefined;
}

export async function rowsOf(responses: AsyncIterable<ExecutePlanResponse>): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  const chunks = new ArrowChunks();
  for await (const { responseType } of responses) {
    if (responseType.case !== "arrowBatch") continue;
    const batch = chunks.push(responseType.value);
    if (batch === undefined) continue;
    const decoded = decodeBatch(batch.data);
    for (const row of decoded.rows()) rows.push(decoded.fields.map((_, index) => Reflect.get(row, index)));
  }
  chunks.finish();
  return rows;
}

const clients: ConnectClient[] = [];

/** A client that is released when the tests of this process end. */
export async function openClient(options: { sessionId?: string } = {}): Promise<ConnectClient> {
  const client = new ConnectClient({ remote: await remote(), ...options });
  clients.push(client);
  return client;
}

export async function closeClients(): Promise<void> {
  for (const client of clients.splice(0)) {
    await client.releaseSession().catch(() => {});
    await client.close();
  }
}

export async function until(condition: () => Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not so after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
