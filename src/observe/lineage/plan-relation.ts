/** Something that a plan reads. */
export interface PlanRelation {
  /** Unique within the plan. */
  readonly key: string;
  /** Of a table in a catalog, as `spark_catalog.db.table`. */
  readonly table?: string;
  /** What it is read with: `parquet`, `csv`, `JDBCRelation(orders) [numPartitions=1]`. */
  readonly reader: string;
  readonly attributes: readonly Attribute[];
}

export interface Attribute {
  readonly name: string;
  readonly id: string;
}

/** The relation that a leaf of an analyzed plan is: `Relation spark_catalog.db.t[id#0L,name#1] parquet`. */
export function parseRelation(text: string, key: string): PlanRelation | undefined {
  const [, first, table = "", list, reader = ""] =
    /^(Relation|RelationV2|StreamingRelationV2|StreamingRelation)\s?([^[]*?)\s?\[(.*)\]\s?(.*)$/s.exec(
      text,
    ) ?? [];
  if (first === undefined || list === undefined) return undefined;
  const attributes = parseAttributes(list, ",");
  if (attributes === undefined) return undefined;
  // A second version relation says its table behind its columns.
  const [after, name] = [/^(\S+\.\S+)/.exec(reader)?.[1], table.trim()];
  const named = name !== "" ? name : first === "RelationV2" ? after : undefined;
  return { key, attributes, reader, ...(named !== undefined && { table: named }) };
}

/** `id#0L,name#1` or `id#0L, name#1`; `undefined` when anything else is in it. */
export function parseAttributes(list: string, separator: "," | ", "): Attribute[] | undefined {
  const attributes: Attribute[] = [];
  const one =
    separator === "," ? /(.+?)#(\d+)L?(?:-T\d+ms)?(?:,|$)/sy : /(.+?)#(\d+)L?(?:-T\d+ms)?(?:, |$)/sy;
  while (one.lastIndex < list.length) {
    const match = one.exec(list);
    if (match === null) return undefined;
    attributes.push({ name: match[1] as string, id: match[2] as string });
  }
  return attributes;
}
