import { isMessage } from "@bufbuild/protobuf";
import type { Plan } from "../../gen/spark/connect/base_pb.ts";
import type {
  Command,
  StreamingQueryCommand,
  StreamingQueryManagerCommand,
} from "../../gen/spark/connect/commands_pb.ts";
import { type Relation, RelationSchema } from "../../gen/spark/connect/relations_pb.ts";

type RelationKind = NonNullable<Relation["relType"]["case"]>;

/** Commands that only ask. */
const readingQueryCommands: ReadonlySet<StreamingQueryCommand["command"]["case"]> = new Set([
  "status",
  "lastProgress",
  "recentProgress",
  "explain",
  "exception",
  "awaitTermination",
  "processAllAvailable",
]);
const readingManagerCommands: ReadonlySet<StreamingQueryManagerCommand["command"]["case"]> = new Set([
  "active",
  "getQuery",
  "awaitAnyTermination",
  "listListeners",
]);
const readingCatalogOperations = /^(list|get|current)|Exists$|^isCached$/;
/** Relations that may do anything. */
const opaque: ReadonlySet<RelationKind> = new Set<RelationKind>(["extension", "unknown", "mlRelation"]);

/** No statement that begins with one of these changes anything. */
const readingWords = /^(select|values|table|show|describe|desc|explain)$/i;
/** With these begin both queries and statements that write. */
const openingWords = /^(with|from|map|reduce|\()$/i;
const writingWords = /\b(insert|update|delete|merge)\b/i;
const leadingNoise = /^(?:\s+|--[^\r\n\\]*(?:[\r\n]|$)|\/\*(?!\+)(?:(?!\/\*|\*\/)[\s\S])*\*\/)+/;

/**
 * Whether a plan only reads, so that it may be run any number of times. The one place where that is decided; what is
 * not known to read is a command, which is never sent a second time.
 */
export function isRead({ opType }: Plan): boolean {
  switch (opType.case) {
    case "root":
      return readsOnly(opType.value);
    case "command":
      return isReadingCommand(opType.value);
    default:
      return false;
  }
}

function isReadingCommand({ commandType }: Command): boolean {
  switch (commandType.case) {
    case "sqlCommand": {
      const { input, sql } = commandType.value;
      return input === undefined ? isReadingSql(sql) : readsOnly(input);
    }
    case "streamingQueryCommand":
      return readingQueryCommands.has(commandType.value.command.case);
    case "streamingQueryManagerCommand":
      return readingManagerCommands.has(commandType.value.command.case);
    case "getResourcesCommand":
    // It listens: a second one of a session takes nothing from the first.
    case "streamingQueryListenerBusCommand":
      return true;
    default:
      return false;
  }
}

/** Whether nothing in the plan changes anything: not its SQL texts, not its catalog operations. */
function readsOnly(root: Relation): boolean {
  const left: unknown[] = [root];
  const seen = new Set<unknown>();
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    if (typeof at !== "object" || at === null || ArrayBuffer.isView(at) || seen.has(at)) continue;
    seen.add(at);
    if (isMessage(at, RelationSchema) && !readsItself(at)) return false;
    for (const value of Object.values(at)) if (typeof value === "object") left.push(value);
  }
  return true;
}

function readsItself({ relType }: Relation): boolean {
  switch (relType.case) {
    case undefined:
      return false;
    case "sql":
      return isReadingSql(relType.value.query);
    case "catalog":
      return readingCatalogOperations.test(relType.value.catType.case ?? "");
    default:
      return !opaque.has(relType.case);
  }
}

/** Whether a statement is known to read. A query that is not understood counts as one that writes. */
export function isReadingSql(text: string): boolean {
  const statement = text.replace(leadingNoise, "");
  const first = /^(?:[a-z]+|\()/i.exec(statement)?.[0] ?? "";
  return readingWords.test(first) || (openingWords.test(first) && !writingWords.test(statement));
}
