import type { Read } from "../../../gen/spark/connect/relations_pb.ts";
import { maskSecrets } from "./mask-options.ts";

/** What is read, in a few words: a table by its name, files by their format and paths. */
export function sourceName({ readType }: Read): string {
  if (readType.case === "namedTable") return readType.value.unparsedIdentifier;
  if (readType.case === undefined) return "?";
  const { format, paths, options, sourceName: name } = readType.value;
  const where =
    paths.length > 0 ? paths : [options["path"] ?? options["dbtable"] ?? options["subscribe"] ?? name ?? ""];
  return [format ?? "default format", ...where.map(maskSecrets)].filter((part) => part !== "").join(" ");
}

/** What the changes of a table are called. */
export function relationChangesName(changes: { readonly unparsedIdentifier: string }): string {
  return `changes of ${changes.unparsedIdentifier}`;
}
