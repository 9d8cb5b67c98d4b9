import { SparkwrightError } from "../../core/error.ts";
import { Column, type ColumnOrName, columnExpression } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import { attribute, expression, expressionString, functionCall } from "../plan/expression.ts";
import { planIdOf } from "../plan/relation.ts";
import type { StructType } from "../types/data-type.ts";
import { typeToProto } from "../types/type-proto.ts";
import { DataFramePersistence } from "./persistence.ts";

/** The methods of a DataFrame that name its columns, or choose and change them. */
export abstract class DataFrameColumns extends DataFramePersistence {
  /** A column of this very DataFrame, so that a join with one that has the same name is not ambiguous. */
  col(name: string): Column {
    return new Column(attribute(name, planIdOf(this.toPlan())));
  }

  /** The columns whose name matches a Java regular expression in backquotes. */
  colRegex(pattern: string): Column {
    return new Column(
      expression({ case: "unresolvedRegex", value: { colName: pattern, ...this.#planId() } }),
    );
  }

  /** A column that the source has besides those of the schema, such as `_metadata` of files. */
  metadataColumn(name: string): Column {
    return new Column(
      expression({
        case: "unresolvedAttribute",
        value: { unparsedIdentifier: name, isMetadataColumn: true, ...this.#planId() },
      }),
    );
  }

  /** The columns given, and no others. */
  select(...columns: readonly ColumnOrName[]): DataFrame {
    return this.derive({
      case: "project",
      value: { input: this.toPlan(), expressions: columns.map(columnExpression) },
    });
  }

  /** The columns that these SQL expressions compute. */
  selectExpr(...expressions: readonly string[]): DataFrame {
    return this.derive({
      case: "project",
      value: { input: this.toPlan(), expressions: expressions.map(expressionString) },
    });
  }

  /** With one more column; a column of that name is replaced. */
  withColumn(name: string, column: Column): DataFrame {
    return this.withColumns({ [name]: column });
  }

  /** With more columns, all computed from this DataFrame; columns of those names are replaced. */
  withColumns(columns: Readonly<Record<string, Column>>): DataFrame {
    const aliases = Object.entries(columns).map(([name, column]) => ({
      expr: columnOnly("withColumn", column).toProto(),
      name: [name],
    }));
    return this.derive({ case: "withColumns", value: { input: this.toPlan(), aliases } });
  }

  /** With a column under another name; nothing happens when there is no such column. */
  withColumnRenamed(existing: string, name: string): DataFrame {
    return this.withColumnsRenamed({ [existing]: name });
  }

  /** With columns under other names, given as old name to new name. */
  withColumnsRenamed(names: Readonly<Record<string, string>>): DataFrame {
    const renames = Object.entries(names).map(([colName, newColName]) => ({ colName, newColName }));
    return this.derive({ case: "withColumnsRenamed", value: { input: this.toPlan(), renames } });
  }

  /** With this metadata at a column, in place of what it had. */
  withMetadata(name: string, metadata: Readonly<Record<string, unknown>>): DataFrame {
    const alias = { expr: this.col(name).toProto(), name: [name], metadata: JSON.stringify(metadata) };
    return this.derive({ case: "withColumns", value: { input: this.toPlan(), aliases: [alias] } });
  }

  /** Without these columns; names that are no column are passed over. */
  drop(...columns: readonly ColumnOrName[]): DataFrame {
    const columnNames = columns.filter((column) => typeof column === "string");
    const expressions = columns.filter((column) => typeof column !== "string").map(columnExpression);
    return this.derive({ case: "drop", value: { input: this.toPlan(), columnNames, columns: expressions } });
  }

  /** All columns under new names, given in order. */
  toDF(...columnNames: readonly string[]): DataFrame {
    return this.derive({ case: "toDf", value: { input: this.toPlan(), columnNames: [...columnNames] } });
  }

  /**
   * With the columns of a schema, found by name and cast to its types; other columns are left out. Thrown by the
   * server when a column that must not be NULL is missing or can be NULL, or when a cast could lose something.
   */
  to(schema: StructType): DataFrame {
    return this.derive({ case: "toSchema", value: { input: this.toPlan(), schema: typeToProto(schema) } });
  }

  /** With the number of every row, a LONG from 0, in one more column at the end. */
  zipWithIndex(name = "index"): DataFrame {
    return this.select("*", new Column(functionCall("distributed_sequence_id", [])).alias(name));
  }

  /** Every row as JSON text, in one column `value`. */
  toJSON(): DataFrame {
    const row = functionCall("struct", [attribute("*")]);
    return this.select(new Column(functionCall("to_json", [row])).alias("value"));
  }

  /** The same rows under a name, for columns such as `a.id`. */
  alias(name: string): DataFrame {
    return this.derive({ case: "subqueryAlias", value: { input: this.toPlan(), alias: name } });
  }

  #planId(): { planId?: bigint } {
    const planId = planIdOf(this.toPlan());
    return planId === undefined ? {} : { planId };
  }
}

function columnOnly(method: string, column: unknown): Column {
  if (column instanceof Column) return column;
  throw new SparkwrightError("USAGE_NOT_A_COLUMN", `${method}() was given a ${typeof column}, not a Column`, {
    hint: "Use col(name) for a column and lit(value) for a value.",
  });
}
