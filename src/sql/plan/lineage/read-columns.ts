import type {
  LocalRelation,
  Read,
  SQL,
  UnresolvedTableValuedFunction,
} from "../../../../gen/spark/connect/relations_pb.ts";
import { nameParts } from "../../../sql-text/names.ts";
import { relationChangesName, sourceName } from "../source-name.ts";
import { type Columns, noColumns } from "./columns.ts";
import { nothing } from "./origin.ts";
import { schemaNames } from "./schema-names.ts";

/** The columns of what has no input. */
export const readColumns = {
  read: (read: Read): Columns => {
    const { readType } = read;
    const source = sourceName(read);
    if (readType.case === "namedTable") return open(source, nameParts(readType.value.unparsedIdentifier));
    const names = readType.case === "dataSource" ? schemaNames(readType.value.schema ?? "") : undefined;
    // Folders of partitions add columns to those of a schema.
    return names === undefined
      ? open(source, [])
      : { ...open(source, [], names), named: named(source, names) };
  },
  relationChanges: (changes: { readonly unparsedIdentifier: string }): Columns =>
    open(relationChangesName(changes), nameParts(changes.unparsedIdentifier)),
  range: (): Columns => ({ ...noColumns, named: [{ name: "id", qualifier: [], ...nothing }] }),
  localRelation: ({ schema }: LocalRelation): Columns => {
    const names = schemaNames(schema ?? "");
    return names === undefined
      ? { ...noColumns, unknown: ["rows without a schema"] }
      : { ...noColumns, named: named("local rows", names) };
  },
  sql: ({ query }: SQL): Columns => {
    const reason = `SQL text ${query.trim().replace(/\s+/g, " ").slice(0, 80)}`;
    return { ...noColumns, unknown: [reason], rows: { sources: [], unknown: [reason] } };
  },
  unresolvedTableValuedFunction: ({ functionName }: UnresolvedTableValuedFunction): Columns => ({
    ...noColumns,
    unknown: [`the columns of ${functionName}()`],
  }),
};

function open(source: string, qualifier: readonly string[], except: readonly string[] = []): Columns {
  const names = new Set(except.map((name) => name.toLowerCase()));
  return { ...noColumns, open: [{ sources: [source], except: names, qualifier, operations: [] }] };
}

function named(source: string, names: readonly string[]): Columns["named"] {
  return names.map((name) => ({
    name,
    qualifier: [],
    sources: [{ source, column: name, operations: [] }],
    unknown: [],
  }));
}
