import { type Document, LineCounter, parseDocument, type Scalar, visit, type YAMLError } from "yaml";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";
import { convertYaml } from "./convert-yaml.ts";

/** A file's content with places for all of it, or the reasons why there is none. */
export interface ParsedYaml {
  /** A `RawMap`, list, text, `RawScalar`, `RawTemplate` or null; `undefined` when the file has errors. */
  readonly value: unknown;
  readonly errors: readonly SparkwrightError[];
}

const hints: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "Indent with spaces; YAML forbids tabs there.",
  BAD_INDENT: "Line this up with its neighbours, or close the bracket opened above.",
  MISSING_CHAR: "Add what is missing: a closing quote or bracket, or the colon and blank after a key.",
  BLOCK_AS_IMPLICIT_KEY:
    "Quote the text when the colon belongs to it; else put the nested map on a deeper indented line.",
  MULTILINE_IMPLICIT_KEY: "Write the key, a colon and a blank on one line: `key: value`.",
  BAD_SCALAR_START: "Quote the text.",
  MULTIPLE_DOCS: "Remove the `---` line; a file holds one document.",
  UNEXPECTED_TOKEN: "Check the indentation of this line, and quote text that holds { } [ ] : or #.",
  TAG_RESOLVE_FAILED: "Remove the tag; only plain YAML is read.",
};

/** Parses YAML 1.2; every syntax error becomes CONFIG_YAML_SYNTAX at its place. */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const positionAt = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  try {
    // The parser's own check for duplicate keys takes quadratic time; convertYaml does it in linear time.
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const faults = [...document.errors, ...document.warnings];
    if (faults.some((fault) => /call stack/.test(fault.message))) throw new RangeError("too deep");
    if (faults.length > 0) return { value: undefined, errors: syntaxErrors(faults, document, positionAt) };
    return convertYaml(document, text, positionAt);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const hint = "Close brackets that were left open, or flatten it.";
    const message = "the YAML is nested too deeply to be read";
    const error = new SparkwrightError("CONFIG_YAML_DEPTH", message, {
      cause,
      hint,
      position: positionAt(0),
    });
    return { value: undefined, errors: [error] };
  }
}

/** One error a line: what follows the first on a line, or is no longer understood, is the parser being lost. */
function syntaxErrors(
  faults: readonly YAMLError[],
  document: Document.Parsed,
  positionAt: (offset: number) => SourcePosition,
): SparkwrightError[] {
  const byLine = new Map<number, SparkwrightError>();
  for (const fault of faults) {
    const position = positionAt(openingQuote(fault, document) ?? fault.pos[0]);
    const lostItsPlace = fault.code === "UNEXPECTED_TOKEN" && byLine.size > 0;
    if (lostItsPlace || byLine.has(position.line)) continue;
    const message = fault.message
      .replace(/; please use YAML.*$/, "")
      .replace(/^Missing closing (["'])quote$/, "the text opened with $1 is never closed");
    byLine.set(
      position.line,
      new SparkwrightError("CONFIG_YAML_SYNTAX", message, {
        position,
        hint: hints[fault.code] ?? "Correct the YAML here.",
        details: { yaml: fault.code },
      }),
    );
  }
  return [...byLine.values()];
}

/** The parser reports an unclosed text at the end of the file; the reader wants its beginning. */
function openingQuote(fault: YAMLError, document: Document.Parsed): number | undefined {
  if (!/closing ["']quote/.test(fault.message)) return undefined;
  let offset: number | undefined;
  visit(document, {
    Scalar(_, scalar: Scalar) {
      const start = scalar.range?.[0];
      if (scalar.type?.startsWith("QUOTE") && start !== undefined && start <= fault.pos[0]) offset = start;
    },
  });
  return offset;
}
