import { SecretMask } from "../../core/secret-mask.ts";

/** Replaces every secret in texts, and numbers that are one, however deep they lie. */
export type Mask = <T>(value: T) => T;

export function maskOf(secrets: readonly string[] = []): Mask {
  const masks = new SecretMask();
  for (const secret of secrets) masks.add(secret);
  return (value) => masks.value(value);
}
