import type { Column, ColumnOrName } from "../column.ts";
import { call, columnOf, columnOrNumber, lit, optional } from "./call.ts";

/**
 * A GEOGRAPHY or GEOMETRY as WKB, in little endian (`NDR`) or big endian (`XDR`) order. Spark: `st_asbinary`.
 *
 * @since 4.1.0
 */
export function stAsBinary(geo: ColumnOrName, endianness?: Column | string): Column {
  return call("st_asbinary", columnOf(geo), ...optional(endianness, lit));
}

/**
 * WKB as a GEOGRAPHY of the coordinate system 4326. The query fails on bytes that are no WKB. Spark:
 * `st_geogfromwkb`.
 *
 * @since 4.1.0
 */
export function stGeogFromWkb(wkb: ColumnOrName): Column {
  return call("st_geogfromwkb", columnOf(wkb));
}

/**
 * WKB as a GEOMETRY of the coordinate system `srid` (0). The query fails on bytes that are no WKB. Spark:
 * `st_geomfromwkb`.
 *
 * @since 4.1.0
 */
export function stGeomFromWkb(wkb: ColumnOrName, srid?: ColumnOrName | number): Column {
  return call("st_geomfromwkb", columnOf(wkb), ...optional(srid, columnOrNumber));
}

/**
 * The GEOGRAPHY or GEOMETRY with another coordinate system; the coordinates stay. Spark: `st_setsrid`.
 *
 * @since 4.1.0
 */
export function stSetSrid(geo: ColumnOrName, srid: ColumnOrName | number): Column {
  return call("st_setsrid", columnOf(geo), columnOrNumber(srid));
}

/**
 * The number of the coordinate system of a GEOGRAPHY or GEOMETRY. Spark: `st_srid`.
 *
 * @since 4.1.0
 */
export function stSrid(geo: ColumnOrName): Column {
  return call("st_srid", columnOf(geo));
}
