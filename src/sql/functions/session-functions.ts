import type { Column } from "../column.ts";
import { call } from "./call.ts";

/**
 * The current catalog. Spark: `current_catalog`.
 *
 * @since 3.5.0
 */
export function currentCatalog(): Column {
  return call("current_catalog");
}

/**
 * The current database. Spark: `current_database`.
 *
 * @since 3.5.0
 */
export function currentDatabase(): Column {
  return call("current_database");
}

/**
 * The databases in which names are looked up, in order and with their catalogs, as text with commas between
 * them. Spark: `current_path`.
 *
 * @since 4.2.0
 */
export function currentPath(): Column {
  return call("current_path");
}

/**
 * The same as `currentDatabase`. Spark: `current_schema`.
 *
 * @since 3.5.0
 */
export function currentSchema(): Column {
  return call("current_schema");
}

/**
 * The user on the server. Spark: `current_user`.
 *
 * @since 3.5.0
 */
export function currentUser(): Column {
  return call("current_user");
}

/**
 * The same as `currentUser`. Spark: `session_user`.
 *
 * @since 4.0.0
 */
export function sessionUser(): Column {
  return call("session_user");
}

/**
 * The same as `currentUser`.
 *
 * @since 3.5.0
 */
export function user(): Column {
  return call("user");
}

/**
 * The version of Spark on the server, with its revision.
 *
 * @since 3.5.0
 */
export function version(): Column {
  return call("version");
}
