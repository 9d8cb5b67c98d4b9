import { readFile } from "node:fs/promises";
import { displayPath } from "../core/display-path.ts";
import { type SourcePosition, SparkwrightError } from "../core/error.ts";

/** The text of a UTF-8 file; a byte order mark is dropped. Thrown when it cannot be read: CONFIG_FILE_*. */
export async function readText(path: string, namedAt?: SourcePosition): Promise<string> {
  const file = displayPath(path);
  const position = namedAt ?? { file, line: 1, column: 1 };
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") {
      throw new SparkwrightError("CONFIG_FILE_MISSING", `${file} does not exist`, {
        cause,
        position,
        hint: "Create the file or correct its name.",
      });
    }
    const why = cause.code === "EISDIR" ? "it is a folder" : (cause.code ?? cause.message);
    throw new SparkwrightError("CONFIG_FILE_UNREADABLE", `${file} cannot be read: ${why}`, {
      cause,
      position,
      hint: "Make it a file that this user may read.",
    });
  });
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SparkwrightError("CONFIG_FILE_ENCODING", `${file} is not UTF-8 text`, {
      cause,
      position: namedAt ?? { file, ...firstBadByte(bytes) },
      hint: "Save the file as UTF-8.",
    });
  }
}

/** Line and column of the first byte that is not UTF-8: the decoder itself does not say. */
function firstBadByte(bytes: Uint8Array): { line: number; column: number } {
  const [before = ""] = new TextDecoder().decode(bytes).split("�");
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
