import { execFile } from "node:child_process";
import { relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { displayPath } from "../core/display-path.ts";
import { messageOf, type SourcePosition, SparkwrightError } from "../core/error.ts";
import { nodeProgram } from "../core/own-process.ts";
import { specifierPosition } from "./import-site.ts";
import { failedImport } from "./resolution-hooks.ts";

/** What failed, for a message. */
export interface ImportAttempt {
  readonly ref: string;
  readonly file: string;
  readonly shown: string;
  readonly root: string;
  /** The URLs of the project's modules that were loaded for it. */
  readonly loaded: readonly string[];
}

/** What a module's import threw, as one of our errors at its place in the user's code. */
export async function importError(cause: unknown, attempt: ImportAttempt): Promise<SparkwrightError> {
  // Code can make of it what it likes, with Error.prepareStackTrace.
  const stack = cause instanceof Error && typeof cause.stack === "string" ? cause.stack : "";
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  const fail = (name: string, what: string, position: SourcePosition | undefined, hint: string) =>
    new SparkwrightError(name, `"${attempt.ref}": ${what}`, {
      cause,
      position,
      hint,
      details: { ref: attempt.ref },
    });

  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX") {
    const what = messageOf(cause).replace(
      /^TypeScript (.*) is not supported in strip-only mode$/,
      "a TypeScript $1 cannot be run without a build",
    );
    const hint =
      "Use what disappears when the types are removed: an object `as const` for an enum, a module for a namespace, a plain field for a parameter property.";
    return fail("IMPORT_UNSUPPORTED_SYNTAX", what, headPosition(stack), hint);
  }
  const unresolved = cause instanceof Error ? failedImport(cause) : undefined;
  if (unresolved !== undefined) {
    const { specifier, parent = pathToFileURL(attempt.file).href } = unresolved;
    const from = fileURLToPath(parent);
    const shown = relative(attempt.root, from);
    const what = `${shown} imports "${specifier}", which cannot be found`;
    return fail("IMPORT_UNRESOLVED", what, specifierPosition(from, specifier), unresolvedHint(specifier));
  }
  if (cause instanceof SyntaxError) {
    const position = headPosition(stack) ?? (await checkedPosition(attempt));
    return fail("IMPORT_SYNTAX", `${messageOf(cause)}`, position, syntaxHint(messageOf(cause)));
  }
  const position = framePosition(stack, attempt.root) ?? {
    file: displayPath(attempt.file),
    line: 1,
    column: 1,
  };
  const what = `${attempt.shown} failed while it was loaded: ${messageOf(cause)}`;
  return fail("IMPORT_FAILED", what, position, failureHint(cause));
}

function syntaxHint(message: string): string {
  const name = /does not provide an export named '(.*)'$/.exec(message)?.[1];
  if (name === undefined) return "Correct the code there.";
  return `Export \`${name}\` there; when it is a type, import it with \`import type\`.`;
}

function failureHint(cause: unknown): string {
  if (
    cause instanceof ReferenceError &&
    /^(require|module|exports|__dirname|__filename) /.test(cause.message)
  ) {
    return "Node functions are ES modules: use import, export and import.meta.dirname.";
  }
  return "A module that is imported must not fail; move the work into its function.";
}

function unresolvedHint(specifier: string): string {
  if (specifier.startsWith("#")) return 'Correct "imports" in the package.json of the project.';
  if (!specifier.startsWith(".")) return `Install it in the project: npm install ${specifier}`;
  return /\.\w+$/.test(specifier)
    ? "Create the file, or correct its name."
    : `Write the file's extension: "${specifier}.ts".`;
}

/** Where Node says a syntax error is: `file:///a.ts:2`, the code up to there, and carets below the place. */
function headPosition(stack: string): SourcePosition | undefined {
  const [place = "", ...context] = stack.split("\n", 12);
  const found = /^((?:file:\/\/|\/|[A-Za-z]:\\).*):(\d+)$/.exec(place);
  if (found?.[1] === undefined) return undefined;
  const carets = context.find((line) => /^ *\^+ *$/.test(line)) ?? "";
  const file = found[1].startsWith("file:") ? fileURLToPath(found[1]) : found[1];
  return { file: displayPath(file), line: Number(found[2]), column: Math.max(1, carets.indexOf("^") + 1) };
}

/** The first frame of a stack in the project's own code. */
function framePosition(stack: string, root: string): SourcePosition | undefined {
  for (const [, url = "", line, column] of stack.matchAll(/(file:\/\/[^\s()]+):(\d+):(\d+)/g)) {
    const file = fileURLToPath(url);
    if (file.startsWith(root)) return { file: displayPath(file), line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** The code has run by then: what it left in the environment, and in the folder it is in, must not run with this. */
const neutral = { env: {}, cwd: "/", timeout: 10_000 };

/** V8 keeps the place of a syntax error in plain JavaScript to itself; `node --check` prints it. */
async function checkedPosition({ loaded }: ImportAttempt): Promise<SourcePosition | undefined> {
  for (const url of loaded.toReversed()) {
    const position = await new Promise<SourcePosition | undefined>((resolve) => {
      execFile(nodeProgram, ["--check", fileURLToPath(url)], neutral, (error, _, stderr) => {
        resolve(error === null ? undefined : headPosition(stderr));
      });
    });
    if (position !== undefined) return position;
  }
  return undefined;
}
