/** Something in a request that not every Spark 4 understands. */
export interface NewerFeature {
  readonly name: string;
  /** The first release of Spark that has it, as `4.1`. */
  readonly since: string;
}

/**
 * What the protocol gained after Spark 4.0, by message and field; `=n` is a value of an enum. Fields that the client
 * itself does without on an older server (compressed plans, chunks) are left out.
 * Source: the descriptors in the PySpark distributions 4.0.5, 4.1.4 and 4.2.1, compared.
 */
const fields: Readonly<Record<string, readonly [since: string, name: string]>> = {
  "Command.pipelineCommand": ["4.1", "declarative pipelines"],
  "DataType.geography": ["4.1", "the type GEOGRAPHY"],
  "DataType.geometry": ["4.1", "the type GEOMETRY"],
  "DataType.time": ["4.1", "the type TIME"],
  "Expression.Literal.time": ["4.1", "the type TIME"],
  "Expression.directShufflePartitionId": ["4.1", "repartitioning by a partition id"],
  "SubqueryExpression.inSubqueryValues": ["4.1", "an IN subquery"],
  "Catalog.analyzeTable": ["4.2", "catalog.analyzeTable"],
  "Catalog.createDatabase": ["4.2", "catalog.createDatabase"],
  "Catalog.dropDatabase": ["4.2", "catalog.dropDatabase"],
  "Catalog.dropTable": ["4.2", "catalog.dropTable"],
  "Catalog.dropView": ["4.2", "catalog.dropView"],
  "Catalog.getCreateTableString": ["4.2", "catalog.getCreateTableString"],
  "Catalog.getTableProperties": ["4.2", "catalog.getTableProperties"],
  "Catalog.listPartitions": ["4.2", "catalog.listPartitions"],
  "Catalog.listViews": ["4.2", "catalog.listViews"],
  "Catalog.truncateTable": ["4.2", "catalog.truncateTable"],
  "Parse.format=3": ["4.2", "parsing XML"],
  "Relation.nearestByJoin": ["4.2", "a nearest-by join"],
  "Relation.relationChanges": ["4.2", "the changes of a relation"],
  "Read.DataSource.sourceName": ["4.2", "the name of a streaming source"],
  "WriteOperation.withSchemaEvolution": ["4.2", "schema evolution on a write"],
  "WriteOperationV2.withSchemaEvolution": ["4.2", "schema evolution on a write"],
  "WriteStreamOperationStart.realTimeBatchDuration": ["4.2", "the real-time trigger"],
};

/** RPCs that Spark 4.0 does not have. */
const methods: Readonly<Record<string, readonly [since: string, name: string]>> = {
  CloneSession: ["4.1", "cloneSession"],
  GetStatus: ["4.2", "the status of operations"],
};

/** Those of the fields above that an older server passes over without a word, and so does something else. */
const silent: readonly string[] = [
  "Read.DataSource.sourceName",
  "WriteOperation.withSchemaEvolution",
  "WriteOperationV2.withSchemaEvolution",
  "WriteStreamOperationStart.realTimeBatchDuration",
];

/** The commands in which those fields can be. */
const commandsWithSilentFields: readonly string[] = [
  "writeOperation",
  "writeOperationV2",
  "writeStreamOperationStart",
];

/** The feature that needs the newest server among those a call uses. */
export function newestFeature(method: string, request: unknown): NewerFeature | undefined {
  const features = [feature(methods[method]), ...featuresOf(request).map((path) => feature(fields[path]))];
  return features.reduce(
    (newest, next) =>
      next !== undefined && (newest === undefined || isOlder(newest.since, next.since)) ? next : newest,
    undefined,
  );
}

/** A feature of a request that an older server would pass over. Cheap for a request that cannot have any. */
export function newestSilentFeature(request: {
  readonly plan?:
    | { readonly opType: { readonly case?: string | undefined; readonly value?: unknown } }
    | undefined;
}): NewerFeature | undefined {
  const command = request.plan?.opType.case === "command" ? request.plan.opType.value : undefined;
  const kind = (command as { readonly commandType?: { readonly case?: string } } | undefined)?.commandType
    ?.case;
  if (kind === undefined || !commandsWithSilentFields.includes(kind)) return undefined;
  const path = featuresOf(command).find((path) => silent.includes(path));
  return path === undefined ? undefined : feature(fields[path]);
}

/** Whether a release, `4.0.5` or `4.2.0-SNAPSHOT`, comes before another, `4.1`; false when it is no number. */
export function isOlder(release: string, other: string): boolean {
  const [major = Number.NaN, minor = Number.NaN] = release.split(".").map(Number.parseFloat);
  const [otherMajor = 0, otherMinor = 0] = other.split(".").map(Number.parseFloat);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}

function feature(entry: readonly [since: string, name: string] | undefined): NewerFeature | undefined {
  return entry === undefined ? undefined : { since: entry[0], name: entry[1] };
}

/** The fields of the table that are set in a message, however deep. */
function featuresOf(message: unknown): readonly string[] {
  const found: string[] = [];
  const pending: unknown[] = [message];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== "object" || next === null || ArrayBuffer.isView(next)) continue;
    const typeName: unknown = Reflect.get(next, "$typeName");
    const prefix = typeof typeName === "string" ? typeName.replace(/^spark\.connect\./, "") : undefined;
    for (const [key, value] of Object.entries(next)) {
      if (isSet(value)) pending.push(value);
      if (prefix === undefined || !isSet(value)) continue;
      const chosen = typeof value === "object" && "case" in value ? String(value.case) : key;
      const paths = [`${prefix}.${chosen}`, `${prefix}.${key}=${String(value)}`];
      found.push(...paths.filter((path) => path in fields));
    }
  }
  return found;
}

function isSet(value: unknown): value is NonNullable<unknown> {
  return value !== undefined && value !== null && value !== false && value !== "" && !isEmpty(value);
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
