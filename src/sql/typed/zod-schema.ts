import type { core } from "zod";

/** A zod object schema, of zod itself or of zod/mini; the type only: zod is not loaded for it. */
export type ObjectSchema = core.$ZodObject;

/** The rows that a schema takes. */
export type InputOf<S extends ObjectSchema> = core.input<S>;

/** Whether it is an object schema of zod 4, in whichever installed copy. */
export function isObjectSchema(value: unknown): value is ObjectSchema {
  const internals: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "_zod") : undefined;
  return (
    typeof internals === "object" &&
    internals !== null &&
    (internals as Partial<SchemaNode["_zod"]>).def?.type === "object"
  );
}

/** What zod tells about a schema at run time, as far as columns are concerned. */
interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod: { readonly def: { readonly format?: string } } }[];
  readonly shape?: Readonly<Record<string, SchemaNode>>;
  readonly catchall?: SchemaNode;
  readonly innerType?: SchemaNode;
  readonly element?: SchemaNode;
  readonly keyType?: SchemaNode;
  readonly valueType?: SchemaNode;
  readonly options?: readonly SchemaNode[];
  readonly left?: SchemaNode;
  readonly right?: SchemaNode;
  readonly in?: SchemaNode;
  readonly getter?: () => SchemaNode;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
  readonly fn?: (value: unknown) => unknown;
}

/** A schema as zod keeps it. */
export interface SchemaNode {
  readonly _zod: { readonly def: Definition; readonly bag?: { readonly Class?: { readonly name: string } } };
}

/** What a schema takes, with everything peeled off that does not matter for the type of a column. */
export interface Expected {
  readonly def: Definition;
  /** The class of `z.instanceof`. */
  readonly className: string | undefined;
  readonly nullable: boolean;
  /** The column may be missing. */
  readonly optional: boolean;
}

const wrappers: ReadonlySet<string> = new Set(
  "nullable optional nonoptional default prefault catch readonly success".split(" "),
);

/** Peels off what only says that a value may be NULL or missing, or what becomes of it afterwards. */
export function expected(of: SchemaNode): Expected {
  let node = of;
  let [nullable, optional] = [false, false];
  for (;;) {
    const { def, bag } = node._zod;
    if (def.type === "nullable") nullable = true;
    if (/^(?:optional|default|prefault|catch)$/.test(def.type)) optional = true;
    if (def.type === "nonoptional") optional = false;
    const inner = wrappers.has(def.type)
      ? def.innerType
      : def.type === "pipe"
        ? def.in
        : def.type === "lazy"
          ? def.getter?.()
          : undefined;
    if (inner === undefined) {
      return { def, className: bag?.Class?.name, nullable: nullable || takesNull(node), optional };
    }
    node = inner;
  }
}

function takesNull({ _zod: { def } }: SchemaNode): boolean {
  switch (def.type) {
    case "null":
    case "any":
    case "unknown":
    case "transform":
      return true;
    case "literal":
      return def.values?.includes(null) ?? false;
    case "union":
      return def.options?.some((option) => expected(option).nullable) ?? false;
    case "custom":
      return succeeds(def.fn);
    default:
      return def.coerce === true;
  }
}

function succeeds(fn: Definition["fn"]): boolean {
  try {
    return fn === undefined || Boolean(fn(null));
  } catch {
    return false;
  }
}

/** The format of a number: `safeint`, `int32`, `float64` and so on. */
export function numberFormat({ format, checks = [] }: Definition): string | undefined {
  return format ?? checks.map((check) => check._zod.def.format).find((one) => one !== undefined);
}

/** Whether all values of an enumeration or of literals are of one JavaScript type. */
export function valuesAre(def: Definition, type: string): boolean {
  const values = (def.values ?? Object.values(def.entries ?? {})).filter((value) => value !== null);
  return values.every((value) => typeof value === type);
}
