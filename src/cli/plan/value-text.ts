import { oneLine } from "../terminal/plain-text.ts";
import type { DocumentValue } from "./plan-document.ts";

/** The keys that lead to a value as a file writes them: `retries.initial_delay`. */
export function nameText(path: readonly string[]): string {
  return path.join(".");
}

/** A setting's name as a file writes it: `retries.initialDelayMs` is `retries.initial_delay`. */
export function settingName(path: readonly string[]): string {
  return nameText(path)
    .replace(/Ms$/, "")
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function settingText({ path, value }: DocumentValue): string {
  return path.at(-1)?.endsWith("Ms") === true && typeof value === "number"
    ? durationText(value)
    : valueText(value);
}

/** A value as YAML would take it, in one line. */
export function valueText(value: unknown): string {
  if (typeof value !== "string") return oneLine(JSON.stringify(value) ?? "null");
  return /^[\w./@*-][\w ./@*:-]*$/.test(value) ? value : JSON.stringify(value);
}

/** `1h30m`: a duration as it is written in a file. */
function durationText(ms: number): string {
  const units: readonly (readonly [string, number])[] = [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
    ["s", 1_000],
    ["ms", 1],
  ];
  let rest = ms;
  let text = "";
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === "" ? "0s" : text;
}

/** Who says a value, and where: `config/pipelines.yaml:3:17`; the layer too where the file's name does not tell it. */
export function originText({ layer, position }: DocumentValue): string {
  if (position === undefined) return layer === "explicit" ? "given now" : layer;
  const place = `${position.file}:${position.line}:${position.column}`;
  return new RegExp(`\\b${layer}s?\\.ya?ml$`).test(position.file) ? place : `${layer} ${place}`;
}
