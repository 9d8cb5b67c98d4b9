const special = /[\\^$.*+?()[\]{}|]/g;

/** Whether a text holds any of `*`, `?` and `[…]`. */
export function hasWildcard(text: string): boolean {
  return /[*?[\]]/.test(text);
}

/** The expression for a pattern in which `*` is any text, `?` any character, `[abc]` one of them, `[!abc]` another. */
export function wildcard(pattern: string): RegExp {
  return new RegExp(`^${source(pattern, ".")}$`, "su");
}

/** As `wildcard`, for paths: `*` and `?` stay within a folder, and the folder `**` is any number of folders. */
export function pathWildcard(pattern: string): RegExp {
  const folders = pattern.split("/").filter((folder) => folder !== "" && folder !== ".");
  const parts = folders.map((folder, index) => {
    const last = index === folders.length - 1;
    if (folder === "**") return last ? ".*" : "(?:[^/]+/)*";
    return source(folder, "[^/]") + (last ? "" : "/");
  });
  return new RegExp(`^${parts.join("")}$`, "su");
}

function source(pattern: string, any: string): string {
  return pattern.replace(/\[(!?)([^\]]+)\]|[\s\S]/gu, (found, not?: string, set?: string) => {
    if (set !== undefined) return `[${not === "!" ? "^" : ""}${characters(set)}]`;
    if (found === "*") return `${any}*`;
    return found === "?" ? any : found.replace(special, "\\$&");
  });
}

/** Of `[z-a]` nothing is left, and nothing matches it. */
function characters(set: string): string {
  return set.replace(/(.)-(.)/gsu, (range, from, to) => (from <= to ? range : "")).replace(/[\\^[]/g, "\\$&");
}
