import type { DatasetConfig } from "../config/project.ts";
import { SparkwrightError } from "../core/error.ts";
import type { StructType } from "../sql/types/data-type.ts";
import { datasetLabel } from "./dataset-name.ts";
import { voidPaths } from "./schema-difference.ts";

/**
 * Refuses columns, fields and elements without a type, such as `NULL AS note`: formats store them differently or not
 * at all, and no later write could give them one.
 *
 * Thrown when there is one: `DATASET_VOID`.
 */
export function refuseVoid(dataset: DatasetConfig, schema: StructType): void {
  const paths = voidPaths(schema);
  const [first] = paths;
  if (first === undefined) return;
  const names = paths.map((path) => `'${path}'`).join(", ");
  throw new SparkwrightError(
    "DATASET_VOID",
    `${datasetLabel(dataset)}: ${names} ${paths.length === 1 ? "has" : "have"} no type (VOID), only NULL; nothing was written`,
    {
      hint: "Give the NULL a type: `cast(NULL AS STRING) AS note`, `array(cast(NULL AS INT))`, `cast(array() AS array<int>)`.",
      position: dataset.position,
      details: { dataset: dataset.name, columns: paths },
    },
  );
}
