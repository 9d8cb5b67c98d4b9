import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf } from "./call.ts";

/** The current catalog. Spark: `current_catalog`. */
export function currentCatalog(): Column {
  return call("current_catalog");
}

/** The current database. Spark: `current_database`. */
export function currentDatabase(): Column {
  return call("current_database");
}

/** The user on the server. Spark: `current_user`. */
export function currentUser(): Column {
  return call("current_user");
}

/** The file that the row was read from. Spark: `input_file_name`. */
export function inputFileName(): Column {
  return call("input_file_name");
}

/** A LONG that grows with every row, not without gaps. Spark: `monotonically_increasing_id`. */
export function monotonicallyIncreasingId(): Column {
  return call("monotonically_increasing_id");
}

/** The number of the partition that the row is in. Spark: `spark_partition_id`. */
export function sparkPartitionId(): Column {
  return call("spark_partition_id");
}

/** The name of the type of the column. Spark: `typeof`. */
export function typeof_(column: ColumnOrName): Column {
  return call("typeof", columnOf(column));
}

/** A random UUID for every row. */
export function uuid(): Column {
  return call("uuid");
}

/** The version of Spark on the server. */
export function version(): Column {
  return call("version");
}
