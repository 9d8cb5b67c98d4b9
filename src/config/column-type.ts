import type * as z from "zod";
import { suggest } from "../core/suggestion.ts";
import { issue, text } from "./fields.ts";

const common = ["string", "boolean", "int", "bigint", "double", "decimal", "date", "timestamp", "binary"];

/** The names that Spark's DDL has for types (DataTypeAstBuilder); what follows a name is for the server to judge. */
const typeNames: ReadonlySet<string> = new Set([
  ...common,
  ...["tinyint", "byte", "smallint", "short", "integer", "long", "float", "real", "dec", "numeric"],
  ...["char", "character", "varchar", "timestamp_ntz", "timestamp_ltz", "time", "interval", "void"],
  ...["variant", "array", "map", "struct", "geometry", "geography"],
]);

/** A type of Spark whose name is known, that of the elements of an array too. */
export function columnType(): z.ZodType<string> {
  const what = "a type such as bigint";
  return text(what).check(({ value, issues }) => {
    const unknown = unknownName(value);
    if (unknown === undefined) return;
    const meant = suggest(unknown.toLowerCase(), typeNames);
    const hint = meant === undefined ? `Write one such as ${common.join(", ")}.` : `Did you mean "${meant}"?`;
    issues.push(issue(value, what, { hint }));
  });
}

function unknownName(type: string): string | undefined {
  const [, name = "", rest = ""] = /^\s*(\w*)\s*(.*?)\s*$/s.exec(type) ?? [];
  const known = name.toLowerCase();
  if (!typeNames.has(known)) return name;
  const element = known === "array" ? /^<(.*)>$/s.exec(rest)?.[1] : undefined;
  return element === undefined ? undefined : unknownName(element);
}
