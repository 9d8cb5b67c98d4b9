import type { DataFrame } from "../sql/data-frame.ts";
import type { NodeContext } from "./node-context.ts";

/** One DataFrame, or one per dataset of `output`, by its name; nothing from a node without outputs. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that ends without `return` gives void, not undefined.
export type NodeResult = DataFrame | Readonly<Record<string, DataFrame>> | undefined | void;

/**
 * The code of a node: its inputs in the order of `input`, then the context.
 *
 * @example
 * export const clean: NodeFunction<[DataFrame, DataFrame]> = (flights, airports, ctx) =>
 *   flights.join(airports, "iata").where(`delay < ${ctx.params["limit"]}`);
 */
export type NodeFunction<Inputs extends readonly DataFrame[] = DataFrame[]> = (
  ...args: [...inputs: Inputs, context: NodeContext]
) => NodeResult | Promise<NodeResult>;
