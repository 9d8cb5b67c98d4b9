import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { messageOf, type SourcePosition, SparkwrightError } from "../../core/error.ts";
import { chainOf } from "../../core/error-chain.ts";
import { ErrorList } from "../../core/error-list.ts";
import { codeFrame } from "./code-frame.ts";
import type { Paint } from "./output.ts";
import { plainText } from "./plain-text.ts";

export interface ErrorReportOptions {
  readonly paint: Paint;
  readonly cwd: string;
  readonly columns: number;
  /** Show stack traces. */
  readonly stacks: boolean;
  /** Takes secrets out of what was thrown. @default nothing does: they were masked before */
  readonly mask?: ((text: string) => string) | undefined;
}

/** What a report shows of an error, wherever it came from. */
export interface ReportedError {
  readonly code: string;
  readonly message: string;
  readonly position?: SourcePosition | undefined;
  /** Whether the line at the position may hold a secret, so that it is not shown. */
  readonly secret?: boolean;
  /** Messages, the nearest first. */
  readonly causes: readonly string[];
  readonly hint?: string | undefined;
  readonly stack?: string | undefined;
}

/** Everything thrown as a person reads it: code, message, place with its line, hint, causes; several with a count. */
export function errorReport(thrown: unknown, options: ErrorReportOptions): string {
  if (!(thrown instanceof ErrorList)) return reportError(reported(thrown, options), options);
  const reports = thrown.errors.map((error) => reportError(reported(error, options), options));
  const count = reports.length === 1 ? "1 error" : `${reports.length} errors`;
  return `${reports.join("\n")}\n${options.paint("bold", count)}\n`;
}

/** One error: code and message, place with its line, causes that say something new, hint. */
export function reportError(error: ReportedError, options: ErrorReportOptions): string {
  const { paint } = options;
  const lines = [
    `${paint(["red", "bold"], `error[${error.code}]`)} ${paint("bold", indented(shortened(error.message, options.stacks)))}`,
  ];
  if (error.position !== undefined) {
    const { file, line, column } = error.position;
    lines.push(`  ${paint("cyan", "-->")} ${shorter(file, options.cwd)}:${line}:${column}`);
    if (error.secret !== true) {
      lines.push(...codeFrame(readLine(file, line), line, column, options.columns, paint));
    }
  }
  for (const cause of newMessages(error)) lines.push(`  ${paint("dim", "cause:")} ${indented(cause)}`);
  if (error.hint !== undefined) lines.push(`  ${paint("green", "hint:")} ${indented(error.hint)}`);
  if (options.stacks && error.stack !== undefined) lines.push(paint("dim", plainText(error.stack)));
  return `${lines.join("\n")}\n`;
}

function reported(thrown: unknown, { mask = (text) => text }: ErrorReportOptions): ReportedError {
  const causes = chainOf(thrown).slice(1);
  const stacks = [thrown, ...causes].flatMap((at) => (at instanceof Error ? [at.stack ?? String(at)] : []));
  const shared = {
    message: mask(messageOf(thrown)),
    causes: causes.map((cause) => mask(messageOf(cause))),
    ...(stacks.length > 0 && { stack: mask(stacks.join("\ncaused by ")) }),
  };
  if (thrown instanceof SparkwrightError) {
    const { code, position, hint, details } = thrown;
    return { ...shared, code, position, hint: hint && mask(hint), secret: details["secret"] === true };
  }
  return { ...shared, code: "INTERNAL", hint: "Run again with --log-level debug to see where it came from." };
}

/** The first lines of the causes, without those that only repeat what was already said. */
function newMessages({ message, causes }: ReportedError): string[] {
  const said = [message];
  for (const cause of causes) {
    // Class names and gRPC's status in front are no news, nor is the same text cut off at its end.
    const line = firstLine(cause)
      .replace(/^\w*Error: /, "")
      .replace(/^\d+ [A-Z_]+: /, "")
      .replace(/\.{3}$/, "");
    if (line !== "" && !said.some((text) => text.includes(line))) said.push(line);
  }
  return said.slice(1);
}

function firstLine(text: string): string {
  return text.trimStart().split(/\r?\n/, 1)[0] as string;
}

const mostLines = 12;

/** A server puts whole stack traces into its messages. */
function shortened(text: string, all: boolean): string {
  const lines = text.split("\n");
  if (all || lines.length <= mostLines) return text;
  return [
    ...lines.slice(0, mostLines),
    `… ${lines.length - mostLines} more lines with --log-level debug`,
  ].join("\n");
}

function indented(text: string): string {
  return plainText(text).trimEnd().replaceAll("\n", "\n    ");
}

function shorter(file: string, cwd: string): string {
  const fromHere = relative(cwd, file);
  return fromHere !== "" && fromHere.length < file.length ? fromHere : file;
}

/** A reference, or a name that promises a secret with what stands after it. */
const written =
  /\$\{[^}\n]*\}|\bsecret:(?:env|file):[^\s;&'",\]}]+|((?:token|password|secret)["']?\s*[=:]\s*["']?)(?!\$\{|secret:(?:env|file):)[^\s;&'"$]+/gi;

function readLine(file: string, line: number): string | undefined {
  try {
    const text = readFileSync(file, "utf8").split(/\r\n|\r|\n/)[line - 1];
    // As long as before, so that the marker below stays where it belongs; a reference to a secret gives nothing away.
    return text?.replace(written, (found: string, name?: string) =>
      name === undefined ? found : name + "*".repeat(found.length - name.length),
    );
  } catch {
    return undefined;
  }
}
