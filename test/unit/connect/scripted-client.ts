import { create } from "@bufbuild/protobuf";
import { type Plan, PlanSchema } from "../../../gen/spark/connect/base_pb.ts";
import type { ConnectClientOptions } from "../../../src/connect/client-options.ts";
import { ConnectClient, type ExecuteOptions } from "../../../src/connect/connect-client.ts";
import { type Script, ScriptedTransport, sessionId } from "./scripted-transport.ts";

export const plan: Plan = create(PlanSchema, {
  opType: { case: "root", value: { relType: { case: "sql", value: { query: "SELECT 1" } } } },
});

export interface ScriptedClient {
  readonly client: ConnectClient;
  readonly transport: ScriptedTransport;
  readonly log: readonly string[];
  readonly warnings: string[];
  /** Executes the plan; the ids of the responses it gave and what it threw. Waits for the releases. */
  execute(options?: ExecuteOptions): Promise<{ ids: string[]; thrown: unknown }>;
}

/** A client that talks to a script, with a clock whose waits are only logged and a `random` that is always 0. */
export function scriptedClient(script: Script, options: ConnectClientOptions = {}): ScriptedClient {
  const transport = new ScriptedTransport(script);
  const warnings: string[] = [];
  const client = new ConnectClient({
    remote: "sc://scripted",
    sessionId,
    userId: "tester",
    releaseAfterBytes: 0,
    transport,
    clock: transport.clock(),
    random: () => 0,
    onWarning: (message) => warnings.push(message),
    ...options,
  });
  const execute = async (executeOptions: ExecuteOptions = {}) => {
    const ids: string[] = [];
    let thrown: unknown;
    try {
      for await (const response of client.execute(plan, executeOptions)) ids.push(response.responseId);
    } catch (error) {
      thrown = error;
    }
    await settle();
    return { ids, thrown };
  };
  return { client, transport, log: transport.log, warnings, execute };
}

/** Lets background work, such as releases, come to its end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 60; i++) await new Promise((resolve) => setImmediate(resolve));
}
