import { SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { LocalDate } from "../sql/index.ts";
import { sqlTokens } from "../sql/plan/sql-tokens.ts";
import type { CommandInput, NodeCommand } from "./node-command.ts";
import type { NodeContext } from "./node-context.ts";

/** The words that a query can begin with; everything else is a command. */
const queryWords = new Set(["SELECT", "WITH", "FROM", "VALUES", "TABLE", "MAP", "REDUCE", "("]);

/**
 * One SQL statement.
 *
 * An input whose dataset name is its table's name in the catalog is read from the catalog, whole: filter it with
 * `:start_date` and `:end_date`. Every other input, a path above all, is bound under its dataset name and is
 * filtered to the window as for a function; a name with a dot in it is written in backquotes: `` `raw.flights` ``.
 *
 * `:start_date` and `:end_date` are bound as DATE, every hyperparameter under its own name.
 */
export class SqlCommand implements NodeCommand {
  readonly #text: string;
  readonly #outputs: readonly string[];

  constructor(text: string, outputs: readonly string[]) {
    this.#text = text;
    this.#outputs = outputs;
  }

  async invoke(inputs: readonly CommandInput[], context: NodeContext): Promise<DataFrame | undefined> {
    const tokens = sqlTokens(this.#text);
    const isQuery = queryWords.has(tokens[0]?.text ?? "");
    if (!isQuery && this.#outputs.length > 0)
      throw notAQuery(context.node, tokens[0]?.text ?? "", this.#outputs);

    const bound = inputs.filter(({ dataset, table }) => dataset !== table);
    const result = await context.spark.sql(
      this.#text,
      this.#parameters(context),
      Object.fromEntries(bound.map(({ dataset, frame }) => [dataset, frame])),
    );
    if (this.#outputs.length > 0) return result;
    // A query that nobody reads is meant for its effect, such as assert_true; a command has run by now.
    if (isQuery) await result.write.format("noop").mode("overwrite").save();
    return undefined;
  }

  /** Those that the text names; what it does not name need not have a SQL type. */
  #parameters(context: NodeContext): Record<string, unknown> {
    const named = new Set([...this.#text.matchAll(/:([A-Za-z_]\w*)/g)].map(([, name]) => name));
    const parameters = Object.entries(context.params).filter(([name]) => named.has(name));
    return {
      ...(named.has("start_date") && { start_date: LocalDate.parse(context.startDate) }),
      ...(named.has("end_date") && { end_date: LocalDate.parse(context.endDate) }),
      ...Object.fromEntries(parameters),
    };
  }
}

function notAQuery(node: string, word: string, outputs: readonly string[]): SparkwrightError {
  return new SparkwrightError(
    "NODE_SQL_NOT_A_QUERY",
    `the SQL of node '${node}' begins with ${word || "nothing"}, which gives no rows for '${outputs.join("', '")}'`,
    { hint: "Write a query (SELECT, WITH, VALUES, …), or remove `output` from the node.", details: { node } },
  );
}
