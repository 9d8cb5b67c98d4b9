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

function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
