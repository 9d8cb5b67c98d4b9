import type { DatasetConfig } from "../config/project.ts";
import { messageOf, SparkwrightError } from "../core/error.ts";
import { chainOf } from "../core/error-chain.ts";
import { suggest } from "../core/suggestion.ts";
import { partitionFault } from "../formats/partition-fault.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import { call, col, expr, lit } from "../sql/functions/call.ts";
import type { SparkSession } from "../sql/spark-session.ts";
import { quoteName, type StructField, type StructType } from "../sql/types/data-type.ts";
import { datasetLabel } from "./dataset-name.ts";
import { madeColumns } from "./delta-made-columns.ts";

/** Zones in which no local time happens twice. */
const fixedZone = /^(Z|UTC|GMT|UT|Etc\/\S+|Zulu|(UTC|GMT|UT)?[+-]\d{1,2}(:?\d{2}){0,2})$/i;

/**
 * Refuses columns of `partition_by` whose values would not come back from the names of folders: Spark writes moments as
 * local times, of which one is two moments when clocks are set back, and bytes as text.
 *
 * Thrown when one is missing, or such a one: `DATASET_PARTITIONING`.
 */
export async function refusePartitions(
  session: SparkSession,
  dataset: DatasetConfig,
  schema: StructType,
): Promise<void> {
  await refuseMissing(session, dataset, schema);
  const columns = schema.fields.map(({ name, dataType }) => ({ name, type: dataType.simpleString() }));
  const store = { format: dataset.format, isTable: dataset.location.kind === "table" };
  const fault = partitionFault(store, columns, dataset.partitionBy);
  if (fault !== undefined) throw partitionError(dataset, fault.why, fault.hint);
  for (const field of partitionFields(dataset, schema)) {
    const { name, dataType } = field;
    const is = `column '${name}' of partition_by is ${dataType.simpleString()}`;
    if (dataType.kind === "timestamp") {
      const zone = await session.conf.get("spark.sql.session.timeZone");
      if (!fixedZone.test(zone)) {
        throw partitionError(
          dataset,
          `${is}, and in the session's zone ${zone} a local time may be two moments`,
          "Partition by its day (a column with `to_date`), or run with `spark.sql.session.timeZone: UTC`.",
        );
      }
    }
    if (dataType.kind !== "string" && isGuessed(dataset) && !guessedRight.has(dataType.kind)) {
      throw guessFault(dataset, field);
    }
  }
}

/** Types that Spark guesses right, whole numbers of any size being one. */
const guessedRight: ReadonlySet<string> = new Set(["byte", "short", "integer", "long", "double", "date"]);

/** The texts that Spark stores as NULL in the names of folders. */
const nullNames = "('', '__HIVE_DEFAULT_PARTITION__')";

/** How the check for such texts, which runs inside Spark, is recognised in its error. */
const nullNameMark = "sparkwright: a text would be NULL in partition column ";

/** The columns of texts among the partitions. */
export function textPartitions(dataset: DatasetConfig, schema: StructType): readonly StructField[] {
  return partitionFields(dataset, schema).filter(({ dataType }) => dataType.kind === "string");
}

/** The rows, which fail while they are written when one has a text that would be stored as NULL. */
export function guardedTexts(dataset: DatasetConfig, schema: StructType, frame: DataFrame): DataFrame {
  // One by one: as the keys of an object, names like "10" would lose their place.
  return textPartitions(dataset, schema).reduce((rows, { name }) => {
    const text = quoteName(name);
    const index = dataset.partitionBy.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    const refuse = `raise_error('${nullNameMark}${index}')`;
    return rows.withColumn(name, expr(`CASE WHEN ${text} IN ${nullNames} THEN ${refuse} ELSE ${text} END`));
  }, frame);
}

/** The refusal of such a text, where it is why Spark failed. */
export function nullNameError(dataset: DatasetConfig, cause: unknown): SparkwrightError | undefined {
  for (const error of chainOf(cause)) {
    const index = messageOf(error).split(nullNameMark)[1];
    const column = index === undefined ? undefined : dataset.partitionBy[Number.parseInt(index, 10)];
    if (column !== undefined) return nullNameFault(dataset, column, cause);
  }
  return undefined;
}

/**
 * Thrown when a text would be stored as NULL, or when every value of a column is taken for a number or a date, or is
 * NULL, where no `schema` says that they are texts: `DATASET_PARTITIONING`.
 */
export async function refuseTexts(
  dataset: DatasetConfig,
  columns: readonly StructField[],
  frame: DataFrame,
): Promise<void> {
  if (columns.length === 0) return;
  const counts = columns.flatMap(({ name }, index) => {
    const text = quoteName(name);
    const number = `try_cast(${text} AS DOUBLE) IS NOT NULL OR trim(${text}) RLIKE '^[+-]?[0-9.]+([eE][+-]?[0-9]+)?[dDfFlL]?$'`;
    const day = `${text} LIKE '%-%' AND (try_cast(${text} AS DATE) IS NOT NULL OR try_cast(${text} AS TIMESTAMP) IS NOT NULL)`;
    return [
      call("count_if", expr(`${text} IN ${nullNames}`)).alias(`nulls${index}`),
      call("count", col(text)).alias(`texts${index}`),
      call("count_if", expr(`coalesce(${number}, false) OR coalesce(${day}, false)`)).alias(
        `guessed${index}`,
      ),
      call("min", col(text)).alias(`example${index}`),
    ];
  });
  const [row] = await frame.agg(call("count", lit(1)).alias("rows"), ...counts).collect();
  const found = row as unknown as Readonly<Record<string, unknown>>;
  for (const [index, field] of columns.entries()) {
    if (found[`nulls${index}`] !== 0n) throw nullNameFault(dataset, field.name);
    const isGuess = found["rows"] !== 0n && found[`texts${index}`] === found[`guessed${index}`];
    if (isGuess && isGuessed(dataset)) {
      throw guessFault(dataset, field, String(found[`example${index}`] ?? "NULL"));
    }
  }
}

function nullNameFault(dataset: DatasetConfig, column: string, cause?: unknown): SparkwrightError {
  return partitionError(
    dataset,
    `column '${column}' of partition_by has an empty text (or '__HIVE_DEFAULT_PARTITION__'), which Spark stores as NULL`,
    `Say what an empty text is: \`nullif(${quoteName(column)}, '')\` makes it NULL, \`if(${quoteName(column)} = '', 'none', ${quoteName(column)})\` a value.`,
    cause,
  );
}

function guessFault(
  dataset: DatasetConfig,
  { name, dataType }: StructField,
  example?: string,
): SparkwrightError {
  const value = example === undefined ? "" : `, such as '${example}',`;
  return partitionError(
    dataset,
    `column '${name}' of partition_by is ${dataType.simpleString()}, but its values${value}` +
      " would be read back as another type, which Spark guesses from the names of folders",
    `Declare the columns in \`schema\` of the dataset, with \`${name}: ${dataType.simpleString()}\`.`,
  );
}

/** Files at a path say nothing of the columns that are folders. */
function isGuessed({ format, location, schema }: DatasetConfig): boolean {
  return location.kind === "path" && format !== "delta" && schema === undefined;
}

function partitionFields(dataset: DatasetConfig, schema: StructType): readonly StructField[] {
  const byName = new Map(schema.fields.map((field) => [field.name.toLowerCase(), field]));
  return dataset.partitionBy.flatMap((name) => byName.get(name.toLowerCase()) ?? []);
}

async function refuseMissing(
  session: SparkSession,
  dataset: DatasetConfig,
  schema: StructType,
): Promise<void> {
  const given = new Set(schema.names.map((name) => name.toLowerCase()));
  const missing = dataset.partitionBy.filter((name) => !given.has(name.toLowerCase()));
  if (missing.length === 0) return;
  const made = dataset.format === "delta" ? await madeColumns(session, dataset) : [];
  const name = missing.find((one) => !made.some((column) => column.toLowerCase() === one.toLowerCase()));
  if (name === undefined) return;
  const meant = suggest(name, schema.names);
  const hint = meant === undefined ? `The columns: ${schema.names.join(", ")}.` : `Did you mean '${meant}'?`;
  throw partitionError(dataset, `there is no column '${name}', which partition_by names`, hint);
}

function partitionError(
  dataset: DatasetConfig,
  why: string,
  hint: string,
  cause?: unknown,
): SparkwrightError {
  return new SparkwrightError(
    "DATASET_PARTITIONING",
    `${datasetLabel(dataset)}: ${why}; nothing was written`,
    {
      hint,
      cause,
      position: dataset.positions?.["partition_by"] ?? dataset.position,
      details: { dataset: dataset.name, partitionBy: dataset.partitionBy },
    },
  );
}
