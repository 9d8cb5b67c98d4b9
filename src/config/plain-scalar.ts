import { interpolate, type Variables } from "./interpolate.ts";
import { RawScalar } from "./raw-value.ts";

/** Thrown where a file holds what only the full parser reads. */
export class Unusual extends Error {}

/** A plain text as YAML 1.2 reads it, or one that was quoted; variables are replaced in both. */
export function resolveScalar(text: string, variables: Variables, quoted = false): unknown {
  if (!quoted) {
    if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
    if (/^(?:true|True|TRUE)$/.test(text)) return new RawScalar(text, true);
    if (/^(?:false|False|FALSE)$/.test(text)) return new RawScalar(text, false);
    if (/^[-+]?[0-9]+$/.test(text)) return new RawScalar(text, Number.parseInt(text, 10));
    if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) {
      return new RawScalar(text, Number(text));
    }
    // Indicators, and numbers in other notations.
    if (!/^[\p{L}_$/.(<=~^+;]|^[0-9][^ox]|^-[\p{L}\p{N}.]/u.test(text) || /^[-+]?\./.test(text)) {
      throw new Unusual();
    }
  }
  const { text: value, replaced, faults } = interpolate(text, variables);
  if (faults.length > 0) throw new Unusual();
  return replaced ? new RawScalar(value, value, text) : value;
}
