import { inspect } from "node:util";
import { SparkwrightError } from "../../core/error.ts";
import { type ArrowType, describeType } from "../arrow-type.ts";

/** Where the encoder is: shared by all columns of a batch. */
export interface EncodePosition {
  /** Number of the row among all rows given, from 0. */
  row: number;
  /** Bytes taken by the batch so far. */
  bytes: number;
}

/** One column, or one part of a nested one, for the errors of the values written to it. */
export class ValuePlace {
  readonly type: ArrowType;
  readonly path: string;
  readonly position: EncodePosition;

  constructor(type: ArrowType, path: string, position: EncodePosition) {
    this.type = type;
    this.path = path;
    this.position = position;
  }

  /** Thrown when the value is of a kind that the type does not take. */
  wrongType(value: unknown, accepted: string): SparkwrightError {
    return this.#error("VALUE_WRONG_TYPE", value, `is no ${describeType(this.type)}`, `Give ${accepted}.`);
  }

  /** Thrown when the type ends before the value. */
  outOfRange(value: unknown, range: string): SparkwrightError {
    return this.#error(
      "VALUE_OUT_OF_RANGE",
      value,
      `does not fit ${describeType(this.type)}`,
      `It takes ${range}.`,
    );
  }

  /** Thrown when the type would hold something near the value but not the value. */
  inexact(value: unknown, reason: string): SparkwrightError {
    return this.#error(
      "VALUE_INEXACT",
      value,
      `would lose digits as ${describeType(this.type)}`,
      `${reason} Round it first, or choose a wider type.`,
    );
  }

  notNullable(): SparkwrightError {
    return this.#error(
      "VALUE_NULL",
      null,
      "is not allowed here",
      "Give a value, or make the field nullable.",
    );
  }

  invalid(value: unknown, problem: string, hint: string, cause?: unknown): SparkwrightError {
    return this.#error("VALUE_INVALID", value, problem, hint, cause);
  }

  #error(code: string, value: unknown, problem: string, hint: string, cause?: unknown): SparkwrightError {
    const shown = inspect(value, { depth: 1, maxArrayLength: 5, maxStringLength: 80, breakLength: Infinity });
    return new SparkwrightError(
      code,
      `column ${JSON.stringify(this.path)}, row ${this.position.row}: ${shown} ${problem}`,
      { hint, cause, details: { column: this.path, row: this.position.row, type: describeType(this.type) } },
    );
  }
}
