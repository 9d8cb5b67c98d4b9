import type { NodeCode } from "../config/project.ts";
import type { SourcePosition } from "../core/error.ts";
import type { ModulePolicy } from "../modules/module-policy.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { FunctionCommand } from "./function-command.ts";
import type { NodeContext } from "./node-context.ts";
import { SqlCommand } from "./sql-command.ts";

/** An input as the code sees it. */
export interface CommandInput {
  readonly dataset: string;
  /** The table that SQL reads by its own name instead of the frame. */
  readonly table?: string | undefined;
  /** Of a Delta dataset: where it lies. */
  readonly path?: string | undefined;
  readonly frame: DataFrame;
}

/** The code of one node, ready to be run any number of times. */
export interface NodeCommand {
  /** One invocation; what it returns has not been checked. */
  invoke(inputs: readonly CommandInput[], context: NodeContext): Promise<unknown>;
}

export interface CommandOptions {
  readonly code: NodeCode;
  readonly outputs: readonly string[];
  /** What users' code may import. */
  readonly policy: ModulePolicy;
  /** Where an offset of SQL text lies, for errors. */
  readonly placeOf?: (offset: number) => SourcePosition;
}

/** The command for the code of a node. */
export function nodeCommand({ code, outputs, policy, placeOf }: CommandOptions): NodeCommand {
  return code.kind === "sql"
    ? new SqlCommand(code.text, { outputs, placeOf })
    : new FunctionCommand(code.ref, policy);
}
