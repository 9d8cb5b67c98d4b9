import type { Column } from "../../sql/column.ts";
import type { DataFrame } from "../../sql/data-frame.ts";
import { last, maxBy } from "../../sql/functions/aggregate-value-functions.ts";
import { call, col, lit } from "../../sql/functions/call.ts";
import type { DataType, StructField } from "../../sql/types/data-type.ts";
import { quoteName, StructType } from "../../sql/types/data-type.ts";
import { Window } from "../../sql/window.ts";
import type { FeatureColumns } from "./feature-columns.ts";
import { featureColumns } from "./feature-columns.ts";
import type { RequestedFeatures } from "./feature-source.ts";

const own = (name: string) => `_sparkwright_${name}`;
/** Types whose values may not be comparable; their texts are. */
const asText: ReadonlySet<string> = new Set(["map", "array", "struct", "variant", "calendarInterval"]);

/**
 * The rows of the spine, each once, with the features of one source beside them: of the latest row that was known at
 * `asOf`, else of the latest row; NULL where there is none. Rows of the source with a NULL key or time are nobody's.
 * Of several rows with the same time that with the greatest features counts, compared in the order asked for.
 */
export async function joinFeatures(
  spine: DataFrame,
  source: DataFrame,
  requested: RequestedFeatures,
  asOf: string | undefined,
): Promise<DataFrame> {
  const schema = await spine.schema();
  const columns = featureColumns(requested, schema, await source.schema(), asOf);
  const required = [
    ...columns.keys.map((key) => key.source),
    ...(columns.known === undefined ? [] : [columns.known]),
  ];
  const known = required.reduce((rows, name) => rows.filter(column(name).isNotNull()), source);
  return columns.time === undefined
    ? joinLatest(spine, known, columns, schema)
    : joinAsOf(spine, known, columns, schema, columns.time);
}

/**
 * One pass: the rows of both sides, of each entity in the order of time, the source's first. The features that a row
 * of the spine sees are the last ones before it. So nothing is compared pair by pair, and no row of the spine is
 * joined to anything.
 */
function joinAsOf(
  spine: DataFrame,
  source: DataFrame,
  { keys, features }: FeatureColumns,
  schema: StructType,
  { asOf, known, type }: NonNullable<FeatureColumns["time"]>,
): DataFrame {
  const keyNames = keys.map((_key, index) => own(`key${index}`));
  const common = (side: "spine" | "source", time: string) => [
    ...keys.map((key, index) =>
      column(key[side])
        .cast(key.type)
        .alias(keyNames[index] ?? ""),
    ),
    column(time).cast(type).alias(own("at")),
    lit(side === "spine").alias(own("is_spine")),
  ];
  const found = structOf(features);
  const rows = structOf(schema.fields);
  const ties = features.map((field, index) => orderable(field).alias(own(`tie${index}`)));
  const noTies = features.map((field, index) =>
    lit(null)
      .cast(orderedType(field))
      .alias(own(`tie${index}`)),
  );
  const both = source
    .select(
      ...common("source", known),
      ...ties,
      found.alias(own("found")),
      lit(null).cast(schema).alias(own("row")),
    )
    .union(
      spine.select(
        ...common("spine", asOf),
        ...noTies,
        lit(null).cast(new StructType(features)).alias(own("found")),
        rows.alias(own("row")),
      ),
    );
  const before = Window.partitionBy(...keyNames)
    .orderBy(
      col(own("at")).ascNullsFirst(),
      col(own("is_spine")),
      ...features.map((_field, index) => col(own(`tie${index}`))),
    )
    .rowsBetween(Window.unboundedPreceding, Window.currentRow);
  return both
    .withColumn(own("found"), last(own("found"), true).over(before))
    .filter(col(own("is_spine")))
    .select(...fieldsOf(own("row"), schema.fields), ...fieldsOf(own("found"), features));
}

function joinLatest(
  spine: DataFrame,
  source: DataFrame,
  { keys, features, known }: FeatureColumns,
  schema: StructType,
): DataFrame {
  const order = [...(known === undefined ? [] : [column(known)]), ...features.map(orderable)];
  const latest = source
    .groupBy(...keys.map((key, index) => column(key.source).alias(own(`key${index}`))))
    .agg(maxBy(structOf(features), call("struct", ...order)).alias(own("found")));
  const same = keys.map((key, index) => spine.col(quoteName(key.spine)).eq(latest.col(own(`key${index}`))));
  return spine
    .join(latest, same, "left")
    .select(
      ...schema.fields.map(({ name }) => spine.col(quoteName(name))),
      ...fieldsOf(own("found"), features),
    );
}

function column(name: string): Column {
  return col(quoteName(name));
}

function structOf(fields: readonly StructField[]): Column {
  return call("struct", ...fields.map(({ name }) => column(name)));
}

function fieldsOf(struct: string, fields: readonly StructField[]): Column[] {
  return fields.map(({ name }) => col(struct).getField(name).alias(name));
}

function orderable({ name, dataType }: StructField): Column {
  return asText.has(dataType.kind) ? column(name).cast("string") : column(name);
}

function orderedType({ dataType }: StructField): DataType | string {
  return asText.has(dataType.kind) ? "string" : dataType;
}
