import { SparkwrightError } from "../../core/error.ts";
import { type ArrowField, type ArrowType, describeType, type TimeUnit } from "../arrow-type.ts";
import { fixedBytesWriter, writeBytes, writeText } from "./bytes-values.ts";
import type { ColumnBuilder } from "./column-builder.ts";
import {
  FixedListBuilder,
  ListBuilder,
  MapBuilder,
  StructBuilder,
  VariantBuilder,
} from "./nested-builders.ts";
import { decimalWriter, intWriter, writeFloat32, writeFloat64 } from "./number-values.ts";
import {
  BooleanBuilder,
  FixedBuilder,
  NullBuilder,
  VariableBuilder,
  type WriteFixed,
} from "./scalar-builders.ts";
import {
  toCalendarInterval,
  toDurationMicros,
  toEpochDays,
  toInstantMicros,
  toLocalMicros,
  toMonths,
  toNanosOfDay,
} from "./temporal-values.ts";
import { type EncodePosition, ValuePlace } from "./value-place.ts";

/** The builder of a column; everything that depends on its type is decided here, once per batch. */
export function makeBuilder(field: ArrowField, position: EncodePosition, parent?: string): ColumnBuilder {
  const path = parent === undefined ? field.name : `${parent}.${field.name}`;
  const { type, nullable } = field;
  const place = new ValuePlace(type, path, position);
  const child = (of: ArrowField): ColumnBuilder => makeBuilder(of, position, path);
  switch (type.kind) {
    case "null":
      return new NullBuilder(place, true);
    case "boolean":
      return new BooleanBuilder(place, nullable);
    case "utf8":
    case "largeUtf8":
      return new VariableBuilder(place, nullable, type.kind === "largeUtf8", writeText);
    case "binary":
    case "largeBinary":
      return new VariableBuilder(place, nullable, type.kind === "largeBinary", writeBytes);
    case "list":
    case "largeList":
      return new ListBuilder(place, nullable, type.kind === "largeList", child(type.element));
    case "fixedSizeList":
      return new FixedListBuilder(place, nullable, type.length, child(type.element));
    case "map": {
      const stringKeys = type.key.type.kind === "utf8" || type.key.type.kind === "largeUtf8";
      const key = child({ ...type.key, nullable: false });
      return new MapBuilder(place, nullable, stringKeys, key, child(type.value));
    }
    case "struct": {
      const names = type.fields.map((each) => each.name);
      return new StructBuilder(place, nullable, names, type.fields.map(child));
    }
    case "variant": {
      const part = (name: string): ColumnBuilder =>
        child({ name, type: { kind: "binary" }, nullable: false });
      return new VariantBuilder(place, nullable, part("value"), part("metadata"));
    }
    default: {
      const [width, write] = fixedWidth(type);
      return new FixedBuilder(place, nullable, width, write);
    }
  }
}

function fixedWidth(type: ArrowType): readonly [width: number, write: WriteFixed] {
  switch (type.kind) {
    case "int":
      return [type.bits / 8, intWriter(type)];
    case "float":
      return type.bits === 64 ? [8, writeFloat64] : [4, writeFloat32];
    case "decimal":
      return [type.bits / 8, decimalWriter(type)];
    case "fixedSizeBinary":
      return [type.byteWidth, fixedBytesWriter(type.byteWidth)];
    case "date":
      return [4, (value, sink, place) => sink.int32(toEpochDays(value, place))];
    case "time":
      return timeWriter(type.unit);
    case "timestamp": {
      const toMicros = type.timezone === undefined ? toLocalMicros : toInstantMicros;
      return [8, microsWriter(type.unit, toMicros)];
    }
    case "duration":
      return [8, microsWriter(type.unit, toDurationMicros)];
    case "interval":
      return intervalWriter(type);
    default:
      throw unsupported(type);
  }
}

const nanosPerTick: Readonly<Record<TimeUnit, bigint>> = {
  second: 1_000_000_000n,
  millisecond: 1_000_000n,
  microsecond: 1000n,
  nanosecond: 1n,
};

function timeWriter(unit: TimeUnit): readonly [number, WriteFixed] {
  const short = unit === "second" || unit === "millisecond";
  return [
    short ? 4 : 8,
    (value, sink, place) => {
      const ticks = toTicks(BigInt(toNanosOfDay(value, place)), unit, value, place);
      if (short) {
        sink.int32(Number(ticks));
      } else {
        sink.int64(ticks);
      }
    },
  ];
}

function microsWriter(unit: TimeUnit, toMicros: (value: unknown, place: ValuePlace) => bigint): WriteFixed {
  if (unit === "microsecond") {
    return (value, sink, place) => sink.int64(toMicros(value, place));
  }
  return (value, sink, place) => {
    const ticks = toTicks(toMicros(value, place) * 1000n, unit, value, place);
    if (BigInt.asIntN(64, ticks) !== ticks) {
      throw place.outOfRange(value, `64 bits of ${unit}s`);
    }
    sink.int64(ticks);
  };
}

function toTicks(nanos: bigint, unit: TimeUnit, value: unknown, place: ValuePlace): bigint {
  if (nanos % nanosPerTick[unit] !== 0n) {
    throw place.inexact(value, `The column keeps whole ${unit}s.`);
  }
  return nanos / nanosPerTick[unit];
}

function intervalWriter(type: Extract<ArrowType, { kind: "interval" }>): readonly [number, WriteFixed] {
  switch (type.unit) {
    case "yearMonth":
      return [4, (value, sink, place) => sink.int32(toMonths(value, place))];
    case "monthDayNano":
      return [
        16,
        (value, sink, place) => {
          const { months, days, micros } = toCalendarInterval(value, place);
          sink.int32(months);
          sink.int32(days);
          sink.int64(micros * 1000n);
        },
      ];
    case "dayTime":
      throw unsupported(type);
  }
}

function unsupported(type: ArrowType): SparkwrightError {
  return new SparkwrightError("ARROW_UNSUPPORTED", `${describeType(type)} cannot be written`, {
    hint: "Use a type that Spark has: utf8, binary, or an interval of another unit.",
  });
}
