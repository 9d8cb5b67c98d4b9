import { messageOf, SparkwrightError } from "../core/error.ts";
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
    try {
      return await code(...inputs.map(({ frame }) => frame), context);
    } catch (thrown) {
      const other = code.length > 0 && code.length !== inputs.length + 1;
      throw other && isReadOfNothing(thrown)
        ? otherArguments(this.#ref, code.length, inputs, context, thrown)
        : thrown;
    }
  }
}

/** What JavaScript throws when an argument is not what the code takes it for. */
function isReadOfNothing(thrown: unknown): boolean {
  return (
    thrown instanceof TypeError &&
    /reading '|of (undefined|null)|is not a function|is not iterable|(undefined|null) has no/.test(
      thrown.message,
    )
  );
}

function otherArguments(
  ref: string,
  declared: number,
  inputs: readonly CommandInput[],
  { node }: NodeContext,
  cause: unknown,
): SparkwrightError {
  const frames = inputs.map(({ dataset }) => `the DataFrame of '${dataset}'`);
  const passed = [...frames, "ctx"].join(", ");
  const parameters = `${declared} parameter${declared === 1 ? "" : "s"}`;
  return new SparkwrightError(
    "NODE_ARGUMENTS",
    `${messageOf(cause)}: ${ref} of node '${node}' declares ${parameters}, and was called with (${passed})`,
    {
      cause,
      hint:
        "Take one parameter for each input, in the order of `input`, then ctx. A node without `input` is passed the outputs" +
        " of its `dependencies`.",
      details: { node, inputs: inputs.map(({ dataset }) => dataset), parameters: declared },
    },
  );
}
