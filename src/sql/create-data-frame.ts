import type { Relation } from "../../gen/spark/connect/relations_pb.ts";
import { type ArrowSource, ipcSource } from "../arrow/arrow-source.ts";
import { convertBatches } from "../arrow/convert.ts";
import { type ArrowTableLike, isArrowTable, tableSource } from "../arrow/table-source.ts";
import type { ConnectClient } from "../connect/connect-client.ts";
import type { RpcOptions } from "../connect/rpc-caller.ts";
import { SparkwrightError } from "../core/error.ts";
import { inferSchema, mergeAsText, type RowLike, rowChunks } from "./local-data.ts";
import { type LocalChunks, localRelation } from "./local-relation.ts";
import { attribute, expression } from "./plan/expression.ts";
import { relation } from "./plan/relation.ts";
import type { UploadBounds } from "./spark-session-operations.ts";
import { type DataType, StructField, StructType } from "./types/data-type.ts";
import { mergeTypes } from "./types/infer-type.ts";
import { arrowFields } from "./types/type-arrow.ts";
import { schemaFromArrow } from "./types/type-from-arrow.ts";
import { typeToProto } from "./types/type-proto.ts";

/**
 * What `createDataFrame` takes: rows, one after another or as they come; a table of apache-arrow or flechette; or
 * the bytes of an Arrow IPC stream or file.
 */
export type LocalSource =
  | Iterable<RowLike>
  | AsyncIterable<RowLike>
  | ArrowTableLike
  | Uint8Array
  | ArrayBuffer;

/** How `createDataFrame` treats what does not have the types of the schema. */
export interface CreateDataFrameOptions extends UploadBounds {
  /**
   * Whether a value must fit its column exactly, else nothing is sent and the error names row, column and value.
   * With `false` the rows are sent with the types they have by themselves, and Spark casts them to the schema, as
   * CAST does: text becomes a number, and what cannot be cast fails when the DataFrame is used. Values of one column
   * that have no type in common, as 1 and "2", are sent as texts.
   * @default true
   */
  readonly verifySchema?: boolean;
}

/** The plan of local data. Thrown when the data does not fit the schema, or no schema can be found for it. */
export async function localDataRelation(
  client: ConnectClient,
  data: LocalSource,
  schema: DataType | readonly string[] | undefined,
  { verifySchema = true }: CreateDataFrameOptions,
  bounds: () => RpcOptions = () => ({}),
): Promise<Relation> {
  const wanted = schema === undefined || isNames(schema) ? undefined : asStruct(schema);
  const names = schema !== undefined && isNames(schema) ? schema : wanted?.names;
  const { sent, chunksOf } = await localChunks(data, names, wanted, verifySchema);
  const local = (own: StructType) => localRelation(client, own.json(), chunksOf, bounds);
  if (wanted === undefined || wanted.equals(sent)) return await local(sent);
  if (sent.fields.length !== wanted.fields.length) throw wrongWidth(sent.fields.length, wanted.fields.length);
  return castTo(wanted, local, sent);
}

interface LocalRows {
  /** The types that the data is sent with. */
  readonly sent: StructType;
  readonly chunksOf: LocalChunks;
}

async function localChunks(
  data: LocalSource,
  names: readonly string[] | undefined,
  wanted: StructType | undefined,
  verifySchema: boolean,
): Promise<LocalRows> {
  const exact = verifySchema ? wanted : undefined;
  const arrow = arrowSourceOf(data);
  if (arrow !== undefined) {
    const source = named(arrow, names);
    const sent = exact ?? schemaFromArrow(source.fields);
    return { sent, chunksOf: (limits) => convertBatches(source, arrowFields(sent), limits) };
  }
  const rows = await rowsOf(data as Iterable<RowLike> | AsyncIterable<RowLike>, exact !== undefined);
  const none = Array.isArray(rows) && rows.length === 0;
  const asText = wanted !== undefined && !verifySchema;
  const sent =
    exact ??
    (none ? wanted : undefined) ??
    inferSchema(rows as readonly RowLike[], names, asText ? mergeAsText : mergeTypes);
  return { sent, chunksOf: (limits) => rowChunks(rows, sent, limits, { asText }) };
}

/** The columns cast one by one; in between they have names by position, since names may repeat. */
async function castTo(
  wanted: StructType,
  local: (own: StructType) => Promise<Relation>,
  sent: StructType,
): Promise<Relation> {
  const own = sent.fields.map((field, i) => new StructField(`_${i + 1}`, field.dataType, field.nullable));
  const expressions = wanted.fields.map(({ name, dataType }, i) => {
    const expr = expression({
      case: "cast",
      value: {
        expr: attribute(`_${i + 1}`),
        castToType: { case: "type", value: typeToProto(dataType) },
      },
    });
    return expression({ case: "alias", value: { expr, name: [name] } });
  });
  const input = await local(new StructType(own));
  return relation({ case: "project", value: { input, expressions } });
}

function isNames(schema: DataType | readonly string[]): schema is readonly string[] {
  return Array.isArray(schema);
}

/** A type that is no struct is that of a single column. */
function asStruct(type: DataType): StructType {
  if (typeof (type as Partial<DataType> | null)?.jsonValue !== "function") {
    throw new SparkwrightError("USAGE_SCHEMA", `createDataFrame() cannot take ${String(type)} for a schema`, {
      hint: "Pass a StructType, another type, DDL text, or column names.",
    });
  }
  return type instanceof StructType ? type : new StructType([new StructField("value", type)]);
}

/** Rows that come once and whose schema is known need not be in memory at the same time. */
async function rowsOf(
  data: Iterable<RowLike> | AsyncIterable<RowLike>,
  schemaIsKnown: boolean,
): Promise<Iterable<RowLike>> {
  if (typeof data === "object" && data !== null && Symbol.asyncIterator in data) {
    const rows: RowLike[] = [];
    for await (const row of data) rows.push(row);
    return rows;
  }
  if (typeof data !== "object" || data === null || !(Symbol.iterator in data)) {
    throw new SparkwrightError(
      "USAGE_LOCAL_DATA",
      `createDataFrame() cannot take a ${typeof data} for rows`,
      {
        hint: "Pass an array of objects or arrays, an Arrow table, or the bytes of an Arrow stream.",
      },
    );
  }
  return Array.isArray(data) || schemaIsKnown ? data : [...data];
}

function arrowSourceOf(data: LocalSource): ArrowSource | undefined {
  if (data instanceof Uint8Array) return ipcSource(data);
  if (data instanceof ArrayBuffer) return ipcSource(new Uint8Array(data));
  return isArrowTable(data) ? tableSource(data) : undefined;
}

/** The columns under these names: by name where they are the same names in another order, else by position. */
function named(source: ArrowSource, names: readonly string[] | undefined): ArrowSource {
  const { fields } = source;
  if (names === undefined) return source;
  if (names.length !== fields.length) {
    throw wrongWidth(fields.length, names.length);
  }
  const positions = new Map(fields.map((field, i) => [field.name, i]));
  const unique = positions.size === fields.length;
  const byName = unique && names.every((name) => positions.has(name));
  const order = names.map((name, i) => (byName ? (positions.get(name) ?? i) : i));
  const mixedUp = byName ? -1 : names.findIndex((name, i) => unique && (positions.get(name) ?? i) !== i);
  if (mixedUp >= 0) throw ambiguous(fields[mixedUp]?.name ?? "", names[mixedUp] ?? "");
  const pick = <T>(items: readonly T[]): T[] => order.map((at) => items[at] as T);
  return {
    fields: pick(fields).map((field, i) => ({ ...field, name: names[i] as string })),
    *batches() {
      for (const batch of source.batches()) yield { ...batch, columns: pick(batch.columns) };
    },
  };
}

function ambiguous(found: string, wanted: string): SparkwrightError {
  return new SparkwrightError(
    "USAGE_AMBIGUOUS_COLUMNS",
    `the schema's column "${wanted}" is another one in the data, which has "${found}" in its place`,
    { hint: "Name all columns as the data does, in any order; or none, and they go by position." },
  );
}

function wrongWidth(found: number, wanted: number): SparkwrightError {
  return new SparkwrightError("USAGE_ROW", `the data has ${found} columns, the schema ${wanted}`, {
    hint: "Give a name or a field for every column.",
  });
}
