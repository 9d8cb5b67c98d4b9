/** Whether `file` is the path itself or lies below it; a path without scheme is a local one. */
export function samePlace(file: string, path: string): boolean {
  const folder = normal(path);
  const inside = normal(file);
  return inside === folder || inside.startsWith(folder === "/" ? folder : `${folder}/`);
}

function normal(path: string): string {
  const local = path.replace(/^file:\/{1,3}(?=[^/])/, "/").replaceAll(/(?<!:)\/{2,}/g, "/");
  return decode(local).replace(/\/+$/, "") || "/";
}

function decode(path: string, decoder: (text: string) => string = decodeURI): string {
  try {
    return decoder(path);
  } catch {
    return path;
  }
}

/** The columns whose values are the names of the folders between a path and a file below it: `day=1/country=de`. */
export function foldersBelow(path: string, file: string): readonly string[] {
  const inside = normal(file).slice(normal(path).length);
  const folders = inside.split("/").slice(0, -1);
  return folders.flatMap((folder) => {
    const at = folder.indexOf("=");
    // Spark escapes in names what means something in a path: `/`, `:`, `=`, `%`.
    return at > 0 ? decode(folder.slice(0, at), decodeURIComponent) : [];
  });
}
