import type { FormatFault } from "./format-policy.ts";
import type { TypedColumn } from "./type-fault.ts";

const compound = /^(array|map|struct|variant|geometry|geography)\b/i;

/** Where rows would be stored, as far as it decides what they can be partitioned by. */
export interface PartitionedStore {
  readonly format: string;
  readonly isTable: boolean;
}

/** Why columns cannot be partitioned so, whatever their values; `undefined` when they can, or are not all known. */
export function partitionFault(
  { format, isTable }: PartitionedStore,
  columns: readonly TypedColumn[],
  partitionBy: readonly string[],
): (Omit<FormatFault, "key"> & { readonly column: string }) | undefined {
  const names = new Set<string>();
  for (const column of partitionBy) {
    const why = `partition_by names column '${column}' twice`;
    if (names.has(column.toLowerCase())) return { column, why, hint: "Name it once." };
    names.add(column.toLowerCase());
  }
  for (const { name: column, type } of columns.filter(({ name }) => names.has(name.toLowerCase()))) {
    const is = `column '${column}' of partition_by is ${type}`;
    if (compound.test(type)) {
      const hint =
        "Partition by a column with single values, such as a field of it that is selected as a column.";
      return { column, why: `${is}, and only single values can be names of folders`, hint };
    }
    if (/^binary$/i.test(type)) {
      return { column, why: `${is}, whose bytes are no text`, hint: "Partition by hex() or base64() of it." };
    }
    if (/^time(\(\d+\))?$/i.test(type)) {
      return { column, why: `${is}, which Spark cannot partition by`, hint: "Partition by a text of it." };
    }
    // The catalog forgets the column when there are others, and Spark fails after it made the table.
    if (/^timestamp_ntz$/i.test(type) && isTable && format !== "delta" && names.size > 1) {
      const hint = "Partition by its day (a column with `to_date`), or use `format: delta`.";
      return { column, why: `${is}, which Spark's catalog keeps beside no other one`, hint };
    }
  }
  const [column = ""] = partitionBy;
  if (columns.length > 0 && columns.every(({ name }) => names.has(name.toLowerCase()))) {
    const why = `partition_by names every column (${partitionBy.join(", ")}), so that nothing is left for the files`;
    return { column, why, hint: "Leave at least one column out of partition_by." };
  }
  return undefined;
}
