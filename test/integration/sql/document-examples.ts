import { readFileSync } from "node:fs";

/** The TypeScript of a document's examples, one after another, as one program. */
export function examplesOf(document: string): string {
  const blocks = readFileSync(document, "utf8").matchAll(/^```ts\n(.*?)^```$/gms);
  return [...blocks].map(([, code]) => code).join("\n");
}
