import { Join_JoinType as JoinType, type Relation } from "../../../gen/spark/connect/relations_pb.ts";
import { typeFromProto } from "../types/type-proto.ts";
import {
  type PlanLabel,
  sortOrderText,
  expressionList as toList,
  expressionText as toText,
} from "./expression-text.ts";
import { literalText } from "./literal-text.ts";
import { maskOptions } from "./mask-options.ts";
import { sourceName } from "./source-name.ts";

type Kind = Relation["relType"];
type Case = NonNullable<Kind["case"]>;
type Lines = {
  readonly [C in Case]: (value: Extract<Kind, { case: C }>["value"], label: PlanLabel) => string;
};

/** One line about a relation: what it does and its own parameters, without its inputs. */
export function relationText(of: Relation, label: PlanLabel): string {
  const { case: name, value } = of.relType;
  if (name === undefined) return "Empty";
  const line = lines[name] as ((value: unknown, label: PlanLabel) => string) | undefined;
  return line?.(value, label) ?? name;
}

const joinTypes: Readonly<Record<number, string>> = {
  [JoinType.INNER]: "Inner",
  [JoinType.FULL_OUTER]: "FullOuter",
  [JoinType.LEFT_OUTER]: "LeftOuter",
  [JoinType.RIGHT_OUTER]: "RightOuter",
  [JoinType.LEFT_ANTI]: "LeftAnti",
  [JoinType.LEFT_SEMI]: "LeftSemi",
  [JoinType.CROSS]: "Cross",
};
const setOperations = ["SetOperation", "Intersect", "Union", "Except"] as const;
const groupings = ["Aggregate", "Aggregate", "Rollup", "Cube", "Pivot", "GroupingSets"] as const;
const parseFormats = ["?", "csv", "json", "xml"] as const;

const lines: Lines = {
  read: (value) => {
    const { readType, isStreaming } = value;
    const name = isStreaming ? "ReadStream" : "Read";
    if (readType.case === undefined) return name;
    const { options } = readType.value;
    const schema = readType.case === "dataSource" ? readType.value.schema : undefined;
    const predicates = readType.case === "dataSource" ? readType.value.predicates : [];
    return sentence(
      `${name} ${sourceName(value)}`,
      maskOptions(options),
      schema ? `schema ${cut(schema)}` : "",
      predicates.length > 0 ? `where ${predicates.join(" OR ")}` : "",
    );
  },
  relationChanges: ({ unparsedIdentifier, options, isStreaming }) =>
    sentence(`${isStreaming ? "ReadStream" : "Read"} changes of ${unparsedIdentifier}`, maskOptions(options)),
  range: ({ start = 0n, end, step, numPartitions }) =>
    sentence(`Range ${start} to ${end}`, step === 1n ? "" : `step ${step}`, partitions(numPartitions)),
  localRelation: ({ data, schema }) =>
    sentence("LocalRelation", `${data?.byteLength ?? 0} bytes`, schema ? `schema ${cut(schema)}` : ""),
  cachedLocalRelation: ({ hash }) => `CachedLocalRelation ${hash}`,
  chunkedCachedLocalRelation: ({ dataHashes, schemaHash }) =>
    sentence(
      `ChunkedCachedLocalRelation [${dataHashes.join(", ")}]`,
      schemaHash ? `schema ${schemaHash}` : "",
    ),
  cachedRemoteRelation: ({ relationId }) => `CachedRemoteRelation ${relationId}`,
  sql: ({ query }) => `SQL ${cut(oneLine(query), 200)}`,
  withRelations: ({ references }) =>
    `WithRelations (the last ${references.length} are what the first refers to)`,
  unresolvedTableValuedFunction: ({ functionName, arguments: args }, label) =>
    `TableFunction ${functionName}(${toList(args, label)})`,
  commonInlineUserDefinedTableFunction: ({ functionName, arguments: args }, label) =>
    `PythonTableFunction ${functionName}(${toList(args, label)})`,
  commonInlineUserDefinedDataSource: ({ name }) => `PythonDataSource ${name}`,

  project: ({ expressions }, label) => `Project [${toList(expressions, label)}]`,
  filter: ({ condition }, label) => `Filter ${toText(condition, label)}`,
  withColumns: ({ aliases }, label) =>
    `WithColumns [${aliases.map(({ name, expr }) => `${name.join(", ")} = ${toText(expr, label)}`).join(", ")}]`,
  withColumnsRenamed: ({ renames, renameColumnsMap }) => {
    const all = [...Object.entries(renameColumnsMap), ...renames.map((one) => [one.colName, one.newColName])];
    return `Rename [${all.map(([from, to]) => `${from} AS ${to}`).join(", ")}]`;
  },
  drop: ({ columnNames, columns }, label) =>
    `Drop [${[...columnNames, ...columns.map((column) => toText(column, label))].join(", ")}]`,
  toDf: ({ columnNames }) => `ToDF [${columnNames.join(", ")}]`,
  toSchema: ({ schema }) => `ToSchema ${schema === undefined ? "?" : typeFromProto(schema).simpleString()}`,
  subqueryAlias: ({ alias, qualifier }) => `Alias ${[...qualifier, alias].join(".")}`,
  hint: ({ name, parameters }, label) => `Hint ${name}(${toList(parameters, label)})`,
  collectMetrics: ({ name, metrics }, label) => `Observe ${name} [${toList(metrics, label)}]`,
  withWatermark: ({ eventTime, delayThreshold }) => `Watermark ${eventTime}, ${delayThreshold}`,
  parse: ({ format, options, schema }) =>
    sentence(
      `Parse ${parseFormats[format] ?? "?"}`,
      maskOptions(options),
      schema === undefined ? "" : `schema ${typeFromProto(schema).simpleString()}`,
    ),

  join: ({ joinType, usingColumns, joinCondition }, label) =>
    `Join ${joinTypes[joinType] ?? "?"}${on(usingColumns, joinCondition && toText(joinCondition, label))}`,
  lateralJoin: ({ joinType, joinCondition }, label) =>
    `LateralJoin ${joinTypes[joinType] ?? "?"}${on([], joinCondition && toText(joinCondition, label))}`,
  asOfJoin: (value, label) => {
    const { leftAsOf, rightAsOf, joinExpr, tolerance } = value;
    return sentence(
      `AsOfJoin ${value.joinType}${on(value.usingColumns, joinExpr && toText(joinExpr, label))}`,
      `${value.direction} ${toText(rightAsOf, label)} to ${toText(leftAsOf, label)}`,
      tolerance === undefined ? "" : `within ${toText(tolerance, label)}`,
      value.allowExactMatches ? "" : "no exact matches",
    );
  },
  nearestByJoin: ({ joinType, rankingExpression, numResults, mode, direction }, label) =>
    sentence(
      `NearestByJoin ${joinType}`,
      `${numResults} by ${toText(rankingExpression, label)}`,
      `${mode} ${direction}`,
    ),
  setOp: ({ setOpType, isAll, byName, allowMissingColumns }) =>
    sentence(
      `${setOperations[setOpType] ?? "SetOperation"}${isAll ? " ALL" : ""}`,
      byName ? "by name" : "",
      allowMissingColumns ? "missing columns NULL" : "",
    ),

  aggregate: ({ groupType, groupingExpressions, aggregateExpressions, pivot, groupingSets }, label) =>
    sentence(
      `${groupings[groupType] ?? "Aggregate"} by [${toList(groupingExpressions, label)}]`,
      groupingSets.length === 0
        ? ""
        : `sets ${groupingSets.map(({ groupingSet }) => `(${toList(groupingSet, label)})`).join(" ")}`,
      pivot === undefined
        ? ""
        : `pivot ${toText(pivot.col, label)}${pivot.values.length > 0 ? ` IN (${pivot.values.map(literalText).join(", ")})` : ""}`,
      `[${toList(aggregateExpressions, label)}]`,
    ),
  deduplicate: ({ columnNames, allColumnsAsKeys, withinWatermark }) =>
    sentence(
      allColumnsAsKeys || columnNames.length === 0 ? "Distinct" : `Deduplicate [${columnNames.join(", ")}]`,
      withinWatermark ? "within watermark" : "",
    ),
  sort: ({ order, isGlobal }, label) =>
    `Sort [${order.map((one) => sortOrderText(one, label)).join(", ")}]${isGlobal ? "" : " within partitions"}`,
  limit: ({ limit }) => `Limit ${limit}`,
  offset: ({ offset }) => `Offset ${offset}`,
  tail: ({ limit }) => `Tail ${limit}`,
  sample: ({ lowerBound, upperBound, withReplacement, seed }) =>
    sentence(
      `Sample ${lowerBound} to ${upperBound}`,
      withReplacement ? "with replacement" : "",
      seed === undefined ? "" : `seed ${seed}`,
    ),
  sampleBy: ({ col, fractions, seed }, label) =>
    sentence(
      `SampleBy ${toText(col, label)}`,
      fractions
        .map(({ stratum, fraction }) => `${stratum ? literalText(stratum) : "?"} = ${fraction}`)
        .join(", "),
      seed === undefined ? "" : `seed ${seed}`,
    ),
  repartition: ({ numPartitions, shuffle }) => `${shuffle ? "Repartition" : "Coalesce"} ${numPartitions}`,
  repartitionByExpression: ({ partitionExprs, numPartitions }, label) =>
    sentence(`Repartition by [${toList(partitionExprs, label)}]`, partitions(numPartitions)),
  unpivot: ({ ids, values, variableColumnName, valueColumnName }, label) =>
    sentence(
      `Unpivot [${toList(ids, label)}]`,
      values === undefined ? "all others" : `[${toList(values.values, label)}]`,
      `into ${variableColumnName}, ${valueColumnName}`,
    ),
  transpose: ({ indexColumns }, label) => `Transpose [${toList(indexColumns, label)}]`,

  fillNa: ({ cols, values }) => `FillNa [${cols.join(", ")}], [${values.map(literalText).join(", ")}]`,
  dropNa: ({ cols, minNonNulls }) =>
    sentence(
      `DropNa [${cols.join(", ")}]`,
      minNonNulls === undefined ? "" : `at least ${minNonNulls} not NULL`,
    ),
  replace: ({ cols, replacements }) => {
    const pairs = replacements.map(
      ({ oldValue, newValue }) =>
        `${oldValue ? literalText(oldValue) : "?"} = ${newValue ? literalText(newValue) : "?"}`,
    );
    return `Replace [${cols.join(", ")}], ${pairs.join(", ")}`;
  },
  summary: ({ statistics }) => `Summary [${statistics.join(", ")}]`,
  describe: ({ cols }) => `Describe [${cols.join(", ")}]`,
  crosstab: ({ col1, col2 }) => `Crosstab ${col1}, ${col2}`,
  cov: ({ col1, col2 }) => `Covariance ${col1}, ${col2}`,
  corr: ({ col1, col2, method }) => sentence(`Correlation ${col1}, ${col2}`, method ?? ""),
  approxQuantile: ({ cols, probabilities, relativeError }) =>
    `ApproxQuantile [${cols.join(", ")}], [${probabilities.join(", ")}], error ${relativeError}`,
  freqItems: ({ cols, support }) =>
    sentence(`FrequentItems [${cols.join(", ")}]`, support === undefined ? "" : `support ${support}`),

  showString: ({ numRows, truncate, vertical }) =>
    sentence(`Show ${numRows} rows`, truncate > 0 ? `cells of ${truncate}` : "", vertical ? "vertical" : ""),
  htmlString: ({ numRows, truncate }) =>
    sentence(`ShowHtml ${numRows} rows`, truncate > 0 ? `cells of ${truncate}` : ""),
  mapPartitions: ({ func, isBarrier }, label) =>
    sentence(`MapPartitions ${code(func, label)}`, isBarrier ? "barrier" : ""),
  groupMap: ({ groupingExpressions, func }, label) =>
    `GroupMap by [${toList(groupingExpressions, label)}], ${code(func, label)}`,
  coGroupMap: ({ inputGroupingExpressions, otherGroupingExpressions, func }, label) =>
    `CoGroupMap by [${toList(inputGroupingExpressions, label)}] and [${toList(otherGroupingExpressions, label)}], ${code(func, label)}`,
  applyInPandasWithState: ({ groupingExpressions, func, outputMode }, label) =>
    `ApplyInPandasWithState by [${toList(groupingExpressions, label)}], ${code(func, label)}, ${outputMode}`,
  catalog: ({ catType }) => {
    const fields = Object.entries(catType.value ?? {}).filter(
      ([name, value]) => !name.startsWith("$") && /^(?:string|number|boolean|bigint)$/.test(typeof value),
    );
    return `Catalog ${catType.case ?? "?"}(${fields.map(([name, value]) => `${name} = ${value}`).join(", ")})`;
  },
  mlRelation: ({ mlType }) => `MlRelation ${mlType.case ?? "?"}`,
  extension: ({ typeUrl }) => `Extension ${typeUrl}`,
  unknown: () => "Unknown",
};

function code(
  func:
    | { readonly functionName: string; readonly arguments: readonly never[] | readonly object[] }
    | undefined,
  label: PlanLabel,
): string {
  if (func === undefined) return "?";
  return `${func.functionName || "function"}(${toList(func.arguments as Parameters<typeof toList>[0], label)})`;
}

function on(usingColumns: readonly string[], condition: string | undefined): string {
  if (usingColumns.length > 0) return ` using [${usingColumns.join(", ")}]`;
  return condition === undefined ? "" : ` on ${condition}`;
}

function partitions(count: number | undefined): string {
  return count === undefined ? "" : `${count} partitions`;
}

function sentence(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

function cut(text: string, longest = 120): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
