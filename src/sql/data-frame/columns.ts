import { SparkwrightError } from "../../core/error.ts";
import { namedValues } from "../../core/named-values.ts";
import { kindName, nameOf, namesOf } from "../arguments.ts";
import { Column, type ColumnOrName, columnExpression } from "../column.ts";
import type { DataFrame } from "../data-frame.ts";
import { attribute, expression, expressionString, functionCall } from "../plan/expression.ts";
import { orderedEntries } from "../plan/ordered-entries.ts";
import { planIdOf } from "../plan/relation.ts";
import type { Dropped, Renamed, RenamedAll, WithColumn, WithColumns } from "../typed/changed-row.ts";
import type { Named, NameIn, NameOf } from "../typed/column-type.ts";
import type { AnyName, ColumnName, KeyName } from "../typed/row-type.ts";
import type { AllExisting, Choice, Existing, Selected, ValueIn, ValuesIn } from "../typed/select-row.ts";
import { StructType } from "../types/data-type.ts";
import { typeToProto } from "../types/type-proto.ts";
import { DataFramePersistence } from "./persistence.ts";

/** The methods of a DataFrame that name its columns, or choose and change them. */
export abstract class DataFrameColumns<R> extends DataFramePersistence<R> {
  /** A column of this very DataFrame, so that a join with one that has the same name is not ambiguous. */
  col<const N extends ColumnName<R> | AnyName>(name: N & Existing<R, N>): Column<Named<N>, NameOf<N>> {
    return new Column(attribute(nameOf("col", name), planIdOf(this.toPlan())));
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
  select<const C extends readonly Choice<R>[]>(...columns: C & AllExisting<R, C>): DataFrame<Selected<R, C>> {
    return this.derive({
      case: "project",
      value: {
        input: this.toPlan(),
        expressions: (columns as readonly ColumnOrName[]).map(columnExpression),
      },
    });
  }

  /** The columns that these SQL expressions compute. */
  selectExpr(...expressions: readonly string[]): DataFrame {
    return this.derive({
      case: "project",
      value: {
        input: this.toPlan(),
        expressions: expressions.map((text) => expressionString(nameOf("selectExpr", text))),
      },
    });
  }

  /** With one more column; a column of that name is replaced. */
  withColumn<const N extends string, C extends Column>(
    name: N,
    column: C & Existing<R, C>,
  ): DataFrame<WithColumn<R, N, ValueIn<R, C>>> {
    return this.#withColumns({ [nameOf("withColumn", name)]: column });
  }

  /** With more columns, all computed from this DataFrame; columns of those names are replaced. */
  withColumns<C extends Readonly<Record<string, Column>>>(
    columns: C & { readonly [K in keyof C]: Existing<R, C[K]> },
  ): DataFrame<WithColumns<R, ValuesIn<R, C>>> {
    return this.#withColumns(columns);
  }

  #withColumns<S>(columns: Readonly<Record<string, Column>>): DataFrame<S> {
    const hint = "Add them one after another with withColumn().";
    const entries = orderedEntries("withColumns()", namedValues("withColumns()", columns), hint);
    const aliases = entries.map(([name, column]) => ({
      expr: columnOnly("withColumn", column).toProto(),
      name: [name],
    }));
    return this.derive({ case: "withColumns", value: { input: this.toPlan(), aliases } });
  }

  /** With a column under another name; nothing happens when there is no such column. */
  withColumnRenamed<const A extends KeyName<R> | AnyName, const B extends string>(
    existing: A & Existing<R, A>,
    name: B,
  ): DataFrame<Renamed<R, A, B>> {
    return this.#withColumnsRenamed({
      [nameOf("withColumnRenamed", existing)]: nameOf("withColumnRenamed", name),
    });
  }

  /** With columns under other names, given as old name to new name. */
  withColumnsRenamed<const M extends Readonly<Record<string, string>>>(
    names: M & { readonly [K in keyof M]: Existing<R, K> & string },
  ): DataFrame<RenamedAll<R, M>> {
    return this.#withColumnsRenamed(names);
  }

  #withColumnsRenamed<S>(names: Readonly<Record<string, string>>): DataFrame<S> {
    const entries = Object.entries(namedValues("withColumnsRenamed()", names));
    const renames = entries.map(([colName, newColName]) => ({ colName, newColName }));
    return this.derive({ case: "withColumnsRenamed", value: { input: this.toPlan(), renames } });
  }

  /** With this metadata at a column, in place of what it had. */
  withMetadata(name: KeyName<R> | AnyName, metadata: Readonly<Record<string, unknown>>): DataFrame<R> {
    const alias = {
      expr: attribute(nameOf("withMetadata", name), planIdOf(this.toPlan())),
      name: [name],
      metadata: JSON.stringify(namedValues("withMetadata()", metadata)),
    };
    return this.derive({ case: "withColumns", value: { input: this.toPlan(), aliases: [alias] } });
  }

  /** Without these columns; names that are no column are passed over. */
  drop<const C extends readonly Choice<R>[]>(
    ...columns: C & AllExisting<R, C>
  ): DataFrame<Dropped<R, NameIn<C[number]>>> {
    const list: readonly ColumnOrName[] = columns;
    const columnNames = list.filter((column) => typeof column === "string");
    const expressions = list.filter((column) => typeof column !== "string").map(columnExpression);
    return this.derive({ case: "drop", value: { input: this.toPlan(), columnNames, columns: expressions } });
  }

  /** All columns under new names, given in order. */
  toDF(...columnNames: readonly string[]): DataFrame {
    return this.derive({
      case: "toDf",
      value: { input: this.toPlan(), columnNames: namesOf("toDF", columnNames) },
    });
  }

  /**
   * With the columns of a schema, found by name and cast to its types; other columns are left out. Thrown by the
   * server when a column that must not be NULL is missing or can be NULL, or when a cast could lose something.
   */
  to(schema: StructType): DataFrame {
    if (!(schema instanceof StructType)) {
      throw new SparkwrightError("USAGE_SCHEMA", `to() was given ${kindName(schema)}, not a StructType`, {
        hint: "Pass a StructType, such as await spark.parseSchema(text).",
      });
    }
    return this.derive({ case: "toSchema", value: { input: this.toPlan(), schema: typeToProto(schema) } });
  }

  /** With the number of every row, a LONG from 0, in one more column at the end. */
  zipWithIndex<const N extends string = "index">(name?: N): DataFrame<WithColumn<R, N, bigint>> {
    const index = new Column(functionCall("distributed_sequence_id", [])).alias(
      nameOf("zipWithIndex", name ?? "index"),
    );
    return this.derive({
      case: "project",
      value: { input: this.toPlan(), expressions: [attribute("*"), index.toProto()] },
    });
  }

  /** Every row as JSON text, in one column `value`. */
  toJSON(): DataFrame<{ value: string }> {
    const row = functionCall("struct", [attribute("*")]);
    const json = new Column(functionCall("to_json", [row])).alias("value").toProto();
    return this.derive({ case: "project", value: { input: this.toPlan(), expressions: [json] } });
  }

  /** The same rows under a name, for columns such as `a.id`. */
  alias(name: string): DataFrame<R> {
    return this.derive({
      case: "subqueryAlias",
      value: { input: this.toPlan(), alias: nameOf("alias", name) },
    });
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
