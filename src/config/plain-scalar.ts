import type { SourcePosition } from "../core/error.ts";
import { hasReferences, referenceOffset } from "./interpolate.ts";
import { RawScalar, RawTemplate } from "./raw-value.ts";

/** Thrown where a file holds what only the full parser reads. */
export class Unusual extends Error {}

/** A scalar in one line: what it says, how it is written, and where. */
export interface WrittenScalar {
  readonly text: string;
  readonly source: string;
  readonly column: number;
  readonly positionAt: (column: number) => SourcePosition;
}

/** A plain scalar as YAML 1.2 reads it. Thrown when it is none, or a number in a rare notation: `Unusual`. */
export function plainScalar(written: WrittenScalar): unknown {
  const { text } = written;
  if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return new RawScalar(text, true);
  if (/^(?:false|False|FALSE)$/.test(text)) return new RawScalar(text, false);
  if (/^[-+]?[0-9]+$/.test(text)) return new RawScalar(text, Number.parseInt(text, 10));
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) {
    return new RawScalar(text, Number(text));
  }
  const begins = /^[\p{L}_$/(<=~^+;]|^[0-9][^ox]|^-[\p{L}\p{N}]/u;
  if (!begins.test(text) || /^[-+]?\./.test(text)) throw new Unusual();
  return textScalar(written);
}

/** A scalar that is text whatever it looks like. */
export function textScalar({ text, source, column, positionAt }: WrittenScalar): unknown {
  if (!hasReferences(text)) return text;
  return new RawTemplate(text, (ordinal) => positionAt(column + referenceOffset(source, ordinal)));
}
