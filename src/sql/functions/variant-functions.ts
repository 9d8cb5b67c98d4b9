import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, lit } from "./call.ts";

/**
 * Whether the bytes of the VARIANT are well formed. Spark: `is_valid_variant`.
 *
 * @since 4.2.0
 */
export function isValidVariant(variant: ColumnOrName): Column {
  return call("is_valid_variant", columnOf(variant));
}

/**
 * Whether the VARIANT is the null of JSON; false for the NULL of SQL. Spark: `is_variant_null`.
 *
 * @since 4.0.0
 */
export function isVariantNull(variant: ColumnOrName): Column {
  return call("is_variant_null", columnOf(variant));
}

/**
 * JSON text as a VARIANT. The query fails on text that is no JSON. Spark: `parse_json`.
 *
 * @since 4.0.0
 */
export function parseJson(column: ColumnOrName): Column {
  return call("parse_json", columnOf(column));
}

/**
 * The type of the VARIANT as DDL text. Spark: `schema_of_variant`.
 *
 * @since 4.0.0
 */
export function schemaOfVariant(variant: ColumnOrName): Column {
  return call("schema_of_variant", columnOf(variant));
}

/**
 * An aggregate: the type that all VARIANTs of the group have in common, as DDL text. Spark:
 * `schema_of_variant_agg`.
 *
 * @since 4.0.0
 */
export function schemaOfVariantAgg(variant: ColumnOrName): Column {
  return call("schema_of_variant_agg", columnOf(variant));
}

/**
 * An array, map or struct as a VARIANT; structs and maps, whose keys must be strings, become objects. Spark:
 * `to_variant_object`.
 *
 * @since 4.0.0
 */
export function toVariantObject(column: ColumnOrName): Column {
  return call("to_variant_object", columnOf(column));
}

/**
 * As `parseJson`, with NULL instead of an error. Spark: `try_parse_json`.
 *
 * @since 4.0.0
 */
export function tryParseJson(column: ColumnOrName): Column {
  return call("try_parse_json", columnOf(column));
}

/**
 * As `variantGet`, with NULL instead of an error. Spark: `try_variant_get`.
 *
 * @since 4.0.0
 */
export function tryVariantGet(variant: ColumnOrName, path: Column | string, targetType: string): Column {
  return call("try_variant_get", columnOf(variant), lit(path), lit(targetType));
}

/**
 * The value at a path such as `$.a[0]` of the VARIANT as a type named as in DDL; NULL when the path is not
 * there. The query fails when the value cannot be cast. Spark: `variant_get`.
 *
 * @since 4.0.0
 */
export function variantGet(variant: ColumnOrName, path: Column | string, targetType: string): Column {
  return call("variant_get", columnOf(variant), lit(path), lit(targetType));
}
