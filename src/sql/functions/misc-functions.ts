import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit, optional } from "./call.ts";

/**
 * NULL where the condition is true. The query fails, with the message if given, where it is false or NULL.
 * Spark: `assert_true`.
 *
 * @since 3.1.0
 */
export function assertTrue(condition: ColumnOrName, message?: Column | string): Column {
  return call("assert_true", columnOf(condition), ...optional(message, lit));
}

/**
 * The number of bytes of the block of the file that the row was read from; -1 when not read from one. Spark:
 * `input_file_block_length`.
 *
 * @since 3.5.0
 */
export function inputFileBlockLength(): Column {
  return call("input_file_block_length");
}

/**
 * The offset in bytes of the block of the file that the row was read from; -1 when not read from one. Spark:
 * `input_file_block_start`.
 *
 * @since 3.5.0
 */
export function inputFileBlockStart(): Column {
  return call("input_file_block_start");
}

/**
 * The file that the row was read from; empty when not read from one. Spark: `input_file_name`.
 *
 * @since 1.6.0
 */
export function inputFileName(): Column {
  return call("input_file_name");
}

/**
 * The same as `reflect`. Spark: `java_method`.
 *
 * @since 3.5.0
 */
export function javaMethod(...columns: readonly ColumnOrName[]): Column {
  return call("java_method", ...columns.map(columnOf));
}

/**
 * A LONG that grows with every row, not without gaps. Spark: `monotonically_increasing_id`.
 *
 * @since 1.6.0
 */
export function monotonicallyIncreasingId(): Column {
  return call("monotonically_increasing_id");
}

/**
 * Never a value: the query fails with the message where a row needs it. Spark: `raise_error`.
 *
 * @since 3.1.0
 */
export function raiseError(message: Column | string): Column {
  return call("raise_error", lit(message));
}

/**
 * The result of a static Java method on the server, as text: the class, the method and its arguments. The
 * query fails when the method throws.
 *
 * @since 3.5.0
 */
export function reflect(...columns: readonly ColumnOrName[]): Column {
  return call("reflect", ...columns.map(columnOf));
}

/**
 * The number of the partition that the row is in. Spark: `spark_partition_id`.
 *
 * @since 1.6.0
 */
export function sparkPartitionId(): Column {
  return call("spark_partition_id");
}

/**
 * As `reflect`, with NULL when the method throws. Spark: `try_reflect`.
 *
 * @since 4.0.0
 */
export function tryReflect(...columns: readonly ColumnOrName[]): Column {
  return call("try_reflect", ...columns.map(columnOf));
}

/**
 * The name of the type of the column, as in DDL. Spark: `typeof`.
 *
 * @since 3.5.0
 */
export function typeOf(column: ColumnOrName): Column {
  return call("typeof", columnOf(column));
}
