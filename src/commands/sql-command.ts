import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { parameterEdits } from "../sql/plan/sql-parameters.ts";
import { DatasetNames } from "../sql-text/dataset-names.ts";
import { nameParts } from "../sql-text/names.ts";
import { sqlStatements, sqlTables } from "../sql-text/sql-statements.ts";
import { tableEdits } from "../sql-text/table-edits.ts";
import { editText, offsetBefore, type TextEdit } from "../sql-text/text-edits.ts";
import type { CommandInput, NodeCommand } from "./node-command.ts";
import type { NodeContext } from "./node-context.ts";
import { sqlErrorAt } from "./sql-error.ts";
import { sqlValues } from "./sql-values.ts";

export interface SqlCommandOptions {
  readonly outputs: readonly string[];
  /** Where an offset of the text lies, for errors. */
  readonly placeOf?: ((offset: number) => SourcePosition) | undefined;
}

/**
 * One SQL statement.
 *
 * The name of an input means the dataset, in any quoting and case, wherever it lies: a table is read by its own name,
 * whole; the rows of any other input are bound to the name, filtered to the window as for a function.
 *
 * `:start_date` and `:end_date` are bound as DATE, every hyperparameter under its own name.
 */
export class SqlCommand implements NodeCommand {
  readonly #text: string;
  readonly #outputs: readonly string[];
  readonly #placeOf: SqlCommandOptions["placeOf"];

  constructor(text: string, { outputs, placeOf }: SqlCommandOptions) {
    this.#text = text;
    this.#outputs = outputs;
    this.#placeOf = placeOf;
  }

  async invoke(inputs: readonly CommandInput[], context: NodeContext): Promise<DataFrame | undefined> {
    const [statement] = sqlStatements(this.#text);
    const isQuery = statement?.kind === "query";
    if (!isQuery && this.#outputs.length > 0)
      throw notAQuery(context.node, statement?.word ?? "", this.#outputs);

    const parameters = parameterEdits(this.#text, sqlValues(this.#text, context));
    const withValues = editText(this.#text, parameters);
    const names = new DatasetNames(inputs.map((input) => ({ ...input, name: input.dataset })));
    const tables = tableEdits(withValues, ({ parts, role }) => {
      const input = names.find(parts);
      return input === undefined ? undefined : target(context.node, input, parts, role);
    });
    const query = editText(withValues, tables);
    const relations = bound(query, inputs);
    const placed = (error: unknown) => this.#placed(error, query, relations, [parameters, tables]);
    const result = await context.spark.sql(query, {}, relations).catch((error: unknown) => {
      throw placed(error);
    });
    if (this.#outputs.length > 0) return result;
    // A query that nobody reads is meant for its effect, such as assert_true; a command has run by now.
    if (isQuery) {
      await result.write
        .format("noop")
        .mode("overwrite")
        .save()
        .catch((error: unknown) => {
          throw placed(error);
        });
    }
    return undefined;
  }

  #placed(
    error: unknown,
    query: string,
    relations: Readonly<Record<string, DataFrame>>,
    edits: readonly (readonly TextEdit[])[],
  ): unknown {
    const placeOf = this.#placeOf;
    if (placeOf === undefined) return error;
    return sqlErrorAt(error, query, Object.keys(relations), (offset) =>
      placeOf(edits.reduceRight((at, made) => offsetBefore(made, at), offset)),
    );
  }
}

/** What stands for an input in the text that is sent. */
function target(
  node: string,
  { dataset, table, path }: CommandInput,
  written: readonly string[],
  role: "read" | "write",
): readonly string[] {
  const parts = table === undefined ? undefined : nameParts(table);
  // A table without a schema could be hidden by a name of the query; rows that are bound cannot.
  const isSame = parts?.join(".").toLowerCase() === written.join(".").toLowerCase();
  if (parts !== undefined && (parts.length > 1 || isSame || role === "write")) return parts;
  if (role === "read") return [dataset];
  if (path !== undefined) return ["delta", path];
  throw new SparkwrightError(
    "NODE_SQL_TARGET",
    `the SQL of node '${node}' changes '${dataset}', which is neither a table nor a Delta path`,
    { hint: "Write a query, and name the dataset as the node's `output`.", details: { node, dataset } },
  );
}

/** The rows that must be bound, by name. */
function bound(query: string, inputs: readonly CommandInput[]): Readonly<Record<string, DataFrame>> {
  const read = new Set(sqlTables(query).map(({ parts }) => parts.join(".").toLowerCase()));
  const needed = inputs.filter(({ dataset, table }) => {
    const isTable = table !== undefined && nameParts(table).join(".").toLowerCase() === dataset.toLowerCase();
    return !isTable && read.has(dataset.toLowerCase());
  });
  return Object.fromEntries(needed.map(({ dataset, frame }) => [dataset, frame]));
}

function notAQuery(node: string, word: string, outputs: readonly string[]): SparkwrightError {
  return new SparkwrightError(
    "NODE_SQL_NOT_A_QUERY",
    `the SQL of node '${node}' begins with ${word || "nothing"}, which gives no rows for '${outputs.join("', '")}'`,
    { hint: "Write a query (SELECT, WITH, VALUES, …), or remove `output` from the node.", details: { node } },
  );
}
