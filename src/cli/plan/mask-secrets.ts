import { Redactor } from "../../events/redactor.ts";

/** Replaces every secret in texts, and numbers that are one, however deep they lie. */
export type Mask = <T>(value: T) => T;

export function maskOf(secrets: readonly string[]): Mask {
  if (secrets.length === 0) return (value) => value;
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  const mask = (value: unknown): unknown => {
    if (typeof value === "string") return redactor.text(value);
    if (typeof value === "number" || typeof value === "boolean") {
      const text = String(value);
      return redactor.text(text) === text ? value : redactor.text(text);
    }
    if (Array.isArray(value)) return value.map(mask);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mask(item)]));
  };
  return <T>(value: T) => mask(value) as T;
}
