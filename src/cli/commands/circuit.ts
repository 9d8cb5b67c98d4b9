import { closedCircuit } from "../../state/circuit-store.ts";
import { openRunStore } from "../../state/sqlite-run-store.ts";
import type { CommandContext } from "../command-context.ts";
import { ExitCode } from "../exit-code.ts";
import { requireProject } from "../project-folder.ts";

export interface CircuitOptions {
  readonly action: "status" | "reset";
  readonly pipeline: string;
}

/** Says how the circuit breaker of a pipeline stands, or closes it by hand. */
export async function circuit(
  { project, cwd, out }: CommandContext,
  { action, pipeline }: CircuitOptions,
): Promise<number> {
  const store = openRunStore(requireProject(project, cwd), action === "status" ? "read" : "write");
  try {
    if (action === "reset") store.circuits.update(pipeline, () => closedCircuit);
    const { state, failures, openUntil, lastFailure } = store.circuits.load(pipeline);
    const until =
      state === "open" && openUntil !== undefined ? ` until ${new Date(openUntil).toISOString()}` : "";
    const times = `${failures} failed attempt${failures === 1 ? "" : "s"} in a row`;
    await out.line(`the circuit of ${pipeline} is ${state.replace("_", " ")}${until}, ${times}`);
    if (lastFailure !== undefined)
      await out.line(`last failure, ${lastFailure.node}: ${lastFailure.error.message}`);
    return ExitCode.success;
  } finally {
    store.close();
  }
}
