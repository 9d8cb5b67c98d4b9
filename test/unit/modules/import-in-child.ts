import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const importer: string = new URL("../../../src/modules/import-function.ts", import.meta.url).href;

/** A project of its own, and a function of it that is imported and called. */
export interface ImportCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where each link leads, relative to the project's folder. */
  readonly links?: Readonly<Record<string, string>>;
  /** Named pipes. */
  readonly pipes?: readonly string[];
  readonly allowed?: readonly string[];
  /** @default "etl.fn" */
  readonly ref?: string;
  readonly timeoutMs?: number;
  /** The folder of the project inside its temporary folder. @default "project" */
  readonly folder?: string;
}

/** What became of a case; `evil` is whether code ran that marks itself so. */
export interface ImportOutcome {
  readonly value?: string;
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
  readonly place?: string;
  readonly evil: boolean;
}

/**
 * Node itself loads users' code, not the test runner with its own hooks; one process takes all cases. It is started
 * from CommonJS and with source maps, which leaves more to attack.
 */
const script = `(async () => {
  const { importFunction } = await import(${JSON.stringify(importer)});
  const outcomes = [];
  for (const { root, ref, allowedModules, timeoutMs } of JSON.parse(process.argv[2])) {
    globalThis.evil = false;
    const outcome = await (async () => {
      try {
        const fn = await importFunction(ref, { root, allowedModules }, { timeoutMs });
        return { value: String(await fn()) };
      } catch (error) {
        const { code, message, hint, position: at } = error;
        return { code: code ?? error.name, message, hint, place: at && at.file + ":" + at.line + ":" + at.column };
      }
    })();
    outcomes.push({ ...outcome, evil: globalThis.evil });
  }
  console.log(JSON.stringify(outcomes));
})();
`;

/** Code that must not run. */
export const evil = "globalThis.evil = true;\nexport const fn = () => 'evil';\n";

/** The outcomes of the cases, in order. Beside each project lie `evil.ts`, `evil.js` and `evil.json`. */
export function importInChild(cases: readonly ImportCase[]): ImportOutcome[] {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "sparkwright-importer-")));
  try {
    const projects = cases.map((one, index) => ({
      root: layOut(join(base, String(index)), one),
      ref: one.ref ?? "etl.fn",
      allowedModules: one.allowed ?? [],
      timeoutMs: one.timeoutMs,
    }));
    const main = join(base, "main.cjs");
    writeFileSync(main, script);
    const args = ["--no-warnings", "--enable-source-maps", main, JSON.stringify(projects)];
    const output = execFileSync(process.execPath, args, { encoding: "utf8", timeout: 50_000, cwd: base });
    return JSON.parse(output) as ImportOutcome[];
  } finally {
    rmSync(base, { recursive: true });
  }
}

function layOut(
  folder: string,
  { files, links = {}, pipes = [], folder: name = "project" }: ImportCase,
): string {
  const root = join(folder, name);
  mkdirSync(join(root, "src"), { recursive: true });
  for (const file of ["evil.ts", "evil.js"]) writeFileSync(join(folder, file), evil);
  writeFileSync(join(folder, "evil.json"), '{"secret": 1}');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text.replaceAll("{root}", root));
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(join(root, target), join(root, path));
  }
  for (const path of pipes) execFileSync("mkfifo", [join(root, path)]);
  return root;
}
