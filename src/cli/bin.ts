#!/usr/bin/env node
import module from "node:module";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 18)) {
  // No import of ours before this line: an old Node would fail on its syntax instead of reading this sentence.
  process.stderr.write(
    `sparkwright needs Node 22.18 or newer and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.\n`,
  );
  process.exitCode = 1;
} else {
  module.enableCompileCache?.();
  hushExpectedWarnings();
  const { main } = await import("./main.ts");
  await main(process.argv.slice(2));
}

/** Hides what Node says of `node:sqlite` and of type stripping, which are used on purpose, and no other warning. */
function hushExpectedWarnings(): void {
  const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    const text = warning instanceof Error ? warning.message : warning;
    if (/^(SQLite|Type Stripping) is an experimental feature/.test(text)) return;
    emitWarning(warning, ...rest);
  };
}
