import { SparkwrightError } from "../core/error.ts";
import { showAs } from "../core/shown-as.ts";
import { functionOf } from "./arguments.ts";
import { Column } from "./column.ts";
import { relationIn } from "./data-frame/query.ts";
import { DataFrameStatistics } from "./data-frame/statistics.ts";
import { DataFrameWriter } from "./data-frame-writer.ts";
import { DataFrameWriterV2 } from "./data-frame-writer-v2.ts";
import { MergeIntoWriter } from "./merge-into-writer.ts";
import { attachObservation, Observation } from "./observation.ts";
import { rootOf } from "./plan/late-columns.ts";
import type { RelationKind } from "./plan/relation.ts";
import { existsSubquery, scalarSubquery } from "./plan/subquery.ts";
import { DataStreamWriter } from "./streaming/data-stream-writer.ts";
import { TableArgument } from "./table-argument.ts";
import { expecting } from "./typed/expected-schema.ts";
import type { AnyRow } from "./typed/row-type.ts";
import { type InputOf, isObjectSchema, type ObjectSchema } from "./typed/zod-schema.ts";

/**
 * A query that has not run yet: a plan, and the session to run it in. Immutable.
 *
 * Methods that return a DataFrame build and ask nobody; those that return a promise ask the server.
 *
 * @example
 * const late = df.filter(col("delay").gt(15)).groupBy("origin").agg(count("*").alias("flights"));
 * for await (const row of late) console.log(row.origin, row.flights);
 * @see org.apache.spark.sql.Dataset
 */
export class DataFrame<out R = AnyRow> extends DataFrameStatistics<R> {
  /** With aggregates that any action or write computes on its way and reports to the observation. */
  observe(observation: Observation | string, ...metrics: readonly Column[]): DataFrame<R> {
    if (!metrics.every((metric) => metric instanceof Column)) {
      throw new SparkwrightError("USAGE_OBSERVE", "observe() was given a metric that is no Column", {
        hint: 'Pass aggregates such as count("*").alias("rows").',
      });
    }
    if (metrics.length === 0) {
      throw new SparkwrightError("USAGE_OBSERVE", "observe() was given no metric", {
        hint: 'Pass aggregates such as count("*").alias("rows").',
      });
    }
    const name = typeof observation === "string" ? observation : observation.name;
    const observed = this.derive<R>({
      case: "collectMetrics",
      value: { input: this.toPlan(), name, metrics: metrics.map((metric) => metric.toProto()) },
    });
    if (observation instanceof Observation) attachObservation(rootOf(observed.toPlan()), observation);
    return observed;
  }

  /**
   * The same DataFrame with the columns of a zod object schema, of zod or zod/mini, known to TypeScript: names are
   * checked from here on, and rows have the type of the schema's input.
   *
   * The first action of this DataFrame, or of one made from it, asks the server for the columns and compares them
   * with the schema, once. Values are not parsed: that they are of their types is what the server's schema says. So
   * refinements such as `min` do not run, and transformations do not happen. More columns than the schema has are
   * left where they are, unless it is a strict one.
   *
   * A LONG is `z.bigint()`; INTEGER, SHORT and BYTE `z.int()`; these, DOUBLE and FLOAT `z.number()`; DECIMAL, DATE,
   * TIMESTAMP and so on `z.instanceof(Decimal)`; an ARRAY `z.array()`; a MAP `z.map()`; a STRUCT `z.object()`; what
   * may be NULL is `nullable()`; what may be missing `optional()`.
   *
   * Thrown by the action: `SPARK_SCHEMA_MISMATCH`, with every column that differs in `details.columns`.
   *
   * @example
   * const flights = spark.table("flights").as(z.object({ id: z.bigint(), delay: z.int().nullable() }));
   * const [first] = await flights.collect(); // { id: bigint; delay: number | null }
   */
  as<S extends ObjectSchema>(schema: S): DataFrame<InputOf<S>> {
    if (!isObjectSchema(schema)) {
      throw new SparkwrightError("USAGE_SCHEMA", "as() was given no zod object schema", {
        hint: "Pass z.object({ … }) of zod 4; the name of a DataFrame is given by alias().",
      });
    }
    return new DataFrame(
      this.sparkSession,
      expecting(this.toPlan(), schema, () => this.schema()),
    );
  }

  /** This DataFrame passed through a function, for chains. */
  transform<S>(apply: (df: DataFrame<R>) => DataFrame<S>): DataFrame<S> {
    return functionOf("transform", apply)(this);
  }

  /** The one value of this query of one column and at most one row, as a column; NULL without a row. */
  scalar(): Column {
    return new Column(scalarSubquery(this.toPlan()));
  }

  /**
   * Whether this query has any row, as a boolean column.
   *
   * @example
   * const late = orders.alias("o").where(col("o.person").eq(col("p.id").outer()));
   * people.alias("p").where(late.exists())
   */
  exists(): Column {
    return new Column(existsSubquery(this.toPlan()));
  }

  /** The rows as the argument of a table-valued function (`spark.tvf.call`). */
  asTable(): TableArgument {
    return new TableArgument(this.toPlan());
  }

  /** Where to write the rows to. */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.sparkSession, this.toPlan());
  }

  /** Where to write the rows of a stream to. */
  get writeStream(): DataStreamWriter {
    return new DataStreamWriter(this.sparkSession, this.toPlan());
  }

  /** Writes into a table by the operations of data source V2. */
  writeTo(table: string): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.sparkSession, this.toPlan(), table);
  }

  /**
   * Updates, deletes and inserts rows of a table by the rows of this DataFrame.
   *
   * @param condition when a row of the table and one of this DataFrame belong together
   * @example
   * await changes.alias("c").mergeInto("people", expr("people.id = c.id"))
   *   .whenMatched().updateAll().whenNotMatched().insertAll().merge();
   */
  mergeInto(table: string, condition: Column): MergeIntoWriter {
    return new MergeIntoWriter(this.sparkSession, this.toPlan(), table, condition);
  }

  protected override derive<S = AnyRow>(kind: RelationKind): DataFrame<S> {
    return new DataFrame(this.sparkSession, relationIn(this.sparkSession, kind));
  }
}

showAs(DataFrame, (df) => {
  const fields = df.knownSchema?.fields.map(({ name, dataType }) => `${name}: ${dataType.simpleString()}`);
  return `DataFrame[${fields?.join(", ") ?? "columns not known yet: await df.schema()"}]`;
});
