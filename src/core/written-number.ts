import { keepsDigits } from "./exact-number.ts";

/** A number as configurations write it: of YAML's core schema, which has that of JSON in it. */
const decimal = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/**
 * A text as YAML 1.2 reads a plain scalar, so that files and the command line agree: null, true or false, a number
 * (`0o17` and `0x1F` too), else the text. `yes`, `1_000`, `12:30` and days are texts.
 */
export function readScalar(written: string): null | boolean | number | string {
  const text = written.trim();
  if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return Number(text);
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN;
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return decimal.test(text) ? Number(text) : written;
}

/** Why a number is not what was written, if so: completes "must be …". */
export function numberFault(written: string, read: number): string | undefined {
  if (!Number.isFinite(read)) return "a finite number";
  if (/^[-+]?0\d/.test(written)) return `text in quotes, but ${written} would become ${read}`;
  if (Number.isInteger(read) && !Number.isSafeInteger(read)) return "a whole number of at most 15 digits";
  if (!decimal.test(written) || keepsDigits(written, read)) return undefined;
  return `a number of at most 15 digits, but ${written} would become ${read}`;
}
