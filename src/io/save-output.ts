import type { DatasetCheck, DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import { formatPolicy, writeFault } from "../formats/format-policy.ts";
import { typeFault } from "../formats/type-fault.ts";
import type { DataFrame } from "../sql/data-frame.ts";
import type { StructType } from "../sql/types/data-type.ts";
import { refuseViolations, violationText } from "./checks/check-error.ts";
import { checkRows } from "./checks/check-rows.ts";
import { withCopyable } from "./copyable-frame.ts";
import { datasetLabel } from "./dataset-name.ts";
import { declaredFrame } from "./declared-schema.ts";
import { missingFormat } from "./missing-format.ts";
import { withoutSecrets } from "./option-secrets.ts";
import { refusePartitions, refuseTexts, textPartitions } from "./partition-columns.ts";
import { withPinned } from "./pinned-frame.ts";
import { deltaTarget } from "./save-delta.ts";
import { fileTarget } from "./save-files.ts";
import type { SavedDataset, SaveRequest, WriteTarget } from "./save-request.ts";
import { refuseVoid } from "./void-columns.ts";

/**
 * Stores the rows of a DataFrame by the dataset's write mode: all of them, once, and nothing else changes.
 *
 * Rows that are checked are computed once: what was checked is what is written.
 *
 * Thrown when the mode does not fit the format (`DATASET_MODE`), the columns are not those declared or stored
 * (`DATASET_SCHEMA`) or have no type (`DATASET_VOID`), partitions differ from those stored or would not be read back
 * (`DATASET_PARTITIONING`), a check fails (`DATASET_CHECK_FAILED`) or asks for what is not there (`DATASET_CHECK_INVALID`),
 * there are no rows where some must be (`DATASET_EMPTY`), rows lie outside the window (`DATASET_OUTSIDE_WINDOW`), keys
 * repeat (`DATASET_DUPLICATE_KEYS`), or it exists already (`DATASET_EXISTS`).
 */
export async function saveOutput(request: SaveRequest): Promise<SavedDataset> {
  const { dataset } = request;
  refuseMode(dataset);
  try {
    return await withCopyable(request.frame, async (frame) => await save({ ...request, frame }));
  } catch (error) {
    throw withoutSecrets(dataset, missingFormat(dataset, error));
  }
}

async function save(request: SaveRequest): Promise<SavedDataset> {
  const { session, dataset } = request;
  const frame = await declaredFrame(session, dataset, request.frame);
  await refuseTypes(dataset, frame);
  const schema = await frame.schema();
  refuseVoid(dataset, schema);
  await refusePartitions(session, dataset, schema);
  // What a write of Delta finds, it takes back.
  const texts = dataset.format === "delta" ? [] : textPartitions(dataset, schema);
  const declared = { ...request, frame };
  const target = await (dataset.format === "delta" ? deltaTarget(declared) : fileTarget(declared));
  if ("outcome" in target) return target;
  const checks = [...(dataset.checks ?? []), ...nullChecks(dataset, await target.frame.schema())];
  // A write to Kafka does not tell how many rows it took.
  const isCounted = dataset.format !== "kafka";
  if (checks.length === 0 && texts.length === 0 && isCounted)
    return await writeUnlessEmpty(request, target, target.frame, undefined);
  return await withPinned(request, target.frame, async (pinned) => {
    await refuseTexts(dataset, texts, pinned);
    const checked = await checkRows(dataset, checks, pinned);
    if (checks.length > 0) request.onChecked?.(checked);
    for (const result of checked.checks.filter(({ passed, severity }) => !passed && severity === "warn")) {
      request.onWarning?.(`${datasetLabel(dataset)}: ${violationText(checks, result, checked.rows)}`);
    }
    refuseViolations(dataset, checks, checked);
    return await writeUnlessEmpty(request, target, pinned, checked.rows);
  });
}

/** Whether writing the same again after an attempt of unknown outcome leaves what one write leaves. */
export function isRepeatable({ format, mode }: DatasetConfig): boolean {
  return format === "delta" || mode === "overwrite" || mode === "ignore";
}

async function writeUnlessEmpty(
  { dataset, onWarning }: SaveRequest,
  target: WriteTarget,
  frame: DataFrame,
  rows: bigint | undefined,
): Promise<SavedDataset> {
  const { onEmpty = "write" } = dataset;
  if (onEmpty === "skip" || onEmpty === "error") {
    const isEmpty = rows === undefined ? await frame.isEmpty() : rows === 0n;
    if (isEmpty && onEmpty === "skip") return { outcome: "skipped", rows: 0n };
    if (isEmpty) throw noRows(dataset);
  }
  const saved = await target.write(frame, rows);
  if (onEmpty === "warn" && saved.outcome === "written" && saved.rows === 0n) {
    onWarning?.(`${datasetLabel(dataset)}: the result has no rows, and was written so`);
  }
  return saved;
}

/** NULLs in columns that were declared without, as checks; where Spark knows that there are none, none is needed. */
function nullChecks({ schema = [] }: DatasetConfig, given: StructType): DatasetCheck[] {
  const nullable = new Set(given.fields.filter((field) => field.nullable).map(({ name }) => name));
  return schema
    .filter((column) => !column.nullable && nullable.has(column.name))
    .map(({ name, position }) => ({
      name: `schema_not_null_${name}`,
      severity: "error",
      kind: "not_null",
      columns: [name],
      ...(position !== undefined && { position }),
    }));
}

function refuseMode(dataset: DatasetConfig): void {
  const fault = writeFault(dataset.format, dataset.mode, dataset.partitionBy.length > 0);
  if (fault === undefined) return;
  throw new SparkwrightError("DATASET_MODE", `${datasetLabel(dataset)}: ${fault.why}`, {
    hint: fault.hint,
    position: dataset.positions?.[fault.key] ?? dataset.position,
  });
}

/** Thrown when the format cannot hold the columns: `DATASET_FORMAT_TYPE`. */
async function refuseTypes(dataset: DatasetConfig, frame: DataFrame): Promise<void> {
  if (formatPolicy(dataset.format)?.nested !== "none") return;
  const { fields } = await frame.schema();
  const columns = fields.map(({ name, dataType }) => ({ name, type: dataType.simpleString() }));
  const fault = typeFault(dataset.format, columns, dataset.partitionBy);
  if (fault === undefined) return;
  throw new SparkwrightError("DATASET_FORMAT_TYPE", `${datasetLabel(dataset)}: ${fault.why}`, {
    hint: fault.hint,
    position: dataset.positions?.["format"] ?? dataset.position,
    details: { dataset: dataset.name, column: fault.column },
  });
}

function noRows(dataset: DatasetConfig): SparkwrightError {
  return new SparkwrightError(
    "DATASET_EMPTY",
    `${datasetLabel(dataset)}: the result has no rows, so nothing was written`,
    {
      hint: "Find out why, or set `on_empty` of the dataset to write, warn or skip.",
      position: dataset.positions?.["on_empty"] ?? dataset.position,
      details: { dataset: dataset.name },
    },
  );
}
