import { existsSync } from "node:fs";
import { join } from "node:path";
import type { NodeConfig } from "../config/project.ts";

const folders = ["src", "lib"];
const extensions = [".ts", ".mts", ".js", ".mjs"];

/**
 * The file of a node's code, relative to the project folder with `/` between folders: its SQL file, or the module of
 * its function. `undefined` for a query that stands in the configuration itself.
 */
export function codeFile(root: string, { code }: NodeConfig): string | undefined {
  if (code.kind === "sql") return code.file?.replaceAll("\\", "/").replace(/^(\.\/)+/, "");
  const module = code.ref.split(".").slice(0, -1).join("/");
  const candidates = folders.flatMap((folder) =>
    extensions.flatMap((extension) => [
      `${folder}/${module}${extension}`,
      `${folder}/${module}/index${extension}`,
    ]),
  );
  // Validation says what is wrong with a module that does not exist; here it stands where it belongs.
  return candidates.find((file) => existsSync(join(root, file))) ?? candidates[0];
}
