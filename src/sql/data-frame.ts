import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { SparkwrightError } from "../core/error.ts";
import { Column } from "./column.ts";
import { DataFrameStatistics } from "./data-frame/statistics.ts";
import { DataFrameWriter } from "./data-frame-writer.ts";
import { DataFrameWriterV2 } from "./data-frame-writer-v2.ts";
import { MergeIntoWriter } from "./merge-into-writer.ts";
import { attachObservation, Observation } from "./observation.ts";
import { type RelationKind, relation } from "./plan/relation.ts";
import { existsSubquery, scalarSubquery } from "./plan/subquery.ts";
import { DataStreamWriter } from "./streaming/data-stream-writer.ts";
import { TableArgument } from "./table-argument.ts";

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
export class DataFrame extends DataFrameStatistics {
  /** With aggregates that any action or write computes on its way and reports to the observation. */
  observe(observation: Observation | string, ...metrics: readonly Column[]): DataFrame {
    if (metrics.length === 0) {
      throw new SparkwrightError("USAGE_OBSERVE", "observe() was given no metric", {
        hint: 'Pass aggregates such as count("*").alias("rows").',
      });
    }
    const name = typeof observation === "string" ? observation : observation.name;
    const observed = this.derive({
      case: "collectMetrics",
      value: { input: this.toPlan(), name, metrics: metrics.map((metric) => metric.toProto()) },
    });
    if (observation instanceof Observation) attachObservation(rootOf(observed.toPlan()), observation);
    return observed;
  }

  /** This DataFrame passed through a function, for chains. */
  transform(apply: (df: DataFrame) => DataFrame): DataFrame {
    return apply(this);
  }

  /** The one value of this query of one column and at most one row, as a column; NULL without a row. */
  scalar(): Column {
    return new Column(scalarSubquery(this.toPlan()));
  }

  /**
   * Whether this query has any row, as a boolean column.
   *
   * @example customers.filter(orders.filter(orders.col("customer").eq(customers.col("id").outer())).exists())
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

  protected override derive(kind: RelationKind): DataFrame {
    return new DataFrame(this.sparkSession, relation(kind));
  }
}

/** A relation without the plans of its subqueries around it. */
function rootOf(plan: Relation): Relation {
  return plan.relType.case === "withRelations" ? (plan.relType.value.root ?? plan) : plan;
}
