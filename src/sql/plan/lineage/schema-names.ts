import { sqlTokens } from "../../../sql-text/sql-tokens.ts";
import { StructType } from "../../types/data-type.ts";
import { typeFromJson } from "../../types/type-json.ts";

/** The names of the columns of a schema, given as Spark's JSON or as DDL text; `undefined` when it is neither. */
export function schemaNames(schema: string): readonly string[] | undefined {
  return schema.trimStart().startsWith("{") ? jsonNames(schema) : ddlNames(schema);
}

function jsonNames(schema: string): readonly string[] | undefined {
  const type = typeFromJson(schema);
  return type instanceof StructType ? type.names : undefined;
}

/** `a INT, b STRUCT<c: INT, d: INT>`: a name stands at the start and after each comma outside of brackets. */
function ddlNames(schema: string): readonly string[] | undefined {
  const names: string[] = [];
  let depth = 0;
  let expected = true;
  for (const token of sqlTokens(schema)) {
    if (expected) {
      if (token.kind !== "word" && token.kind !== "quoted") return undefined;
      names.push(token.text);
      expected = false;
    } else if (token.text === "<" || token.text === "(") depth++;
    else if (token.text === ">" || token.text === ")") depth--;
    else if (token.text === "," && depth === 0) expected = true;
  }
  return expected || depth !== 0 ? undefined : names;
}
