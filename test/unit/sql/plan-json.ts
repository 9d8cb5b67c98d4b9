import { toJson } from "@bufbuild/protobuf";
import { type Expression, ExpressionSchema } from "../../../gen/spark/connect/expressions_pb.ts";
import { RelationSchema } from "../../../gen/spark/connect/relations_pb.ts";
import { ConnectClient } from "../../../src/connect/connect-client.ts";
import type { Column } from "../../../src/sql/column.ts";
import type { DataFrame } from "../../../src/sql/data-frame.ts";
import { SparkSession } from "../../../src/sql/spark-session.ts";

/** A session that never connects: plans are built without a server. */
export const spark: SparkSession = new SparkSession(new ConnectClient({ remote: "sc://localhost:1" }));

/** The plan of a DataFrame as the protocol's JSON, without plan ids. */
export function planOf(df: DataFrame): unknown {
  return withoutIds(toJson(RelationSchema, df.toPlan()));
}

/** The message of a column, or of an expression, as the protocol's JSON. */
export function protoOf(column: Column | Expression): unknown {
  return withoutIds(toJson(ExpressionSchema, "toProto" in column ? column.toProto() : column));
}

function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "common")
      .map(([key, item]) => [key, withoutIds(item)]),
  );
}
