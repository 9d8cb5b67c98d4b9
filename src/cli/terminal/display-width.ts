import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

type StringWidth = (text: string) => number;

let stringWidth: StringWidth | undefined;

/** How many columns a text takes on a terminal: wide characters two, escape sequences and combining marks none. */
export function displayWidth(text: string): number {
  // The library takes 25 ms to load, a tenth of what a short command has, and most texts can do without it.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  stringWidth ??= (require("string-width") as { default: StringWidth }).default;
  return stringWidth(text);
}
