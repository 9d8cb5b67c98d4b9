import { importFunction } from "../modules/import-function.ts";
import type { ModulePolicy } from "../modules/module-policy.ts";
import type { CommandInput, NodeCommand } from "./node-command.ts";
import type { NodeContext } from "./node-context.ts";

/** A function of the user: called with the inputs in declared order, then the context. */
export class FunctionCommand implements NodeCommand {
  readonly #ref: string;
  readonly #policy: ModulePolicy;

  constructor(ref: string, policy: ModulePolicy) {
    this.#ref = ref;
    this.#policy = policy;
  }

  async invoke(inputs: readonly CommandInput[], context: NodeContext): Promise<unknown> {
    const code = await importFunction(this.#ref, this.#policy);
    return await code(...inputs.map(({ frame }) => frame), context);
  }
}
