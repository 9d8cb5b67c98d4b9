import { ArrayType, type DataType, MapType, StructField, StructType } from "../sql/types/data-type.ts";

/** How a given column or field differs from the stored one. */
export interface Difference {
  readonly kind: "missing" | "type" | "new" | "twice";
  /** Of a field inside of a column with the names around it: `address.city`, `items.element.price`. */
  readonly path: readonly string[];
  readonly text: string;
}

/**
 * Every difference between given and stored columns, whose order and upper and lower case do not matter, down into
 * structs, arrays and maps. `known` says how messages call what columns are compared with: `stored`.
 */
export function schemaDifferences(
  given: StructType,
  stored: StructType,
  known = "stored",
  path: readonly string[] = [],
): readonly Difference[] {
  const givenFields = byName(given);
  const storedFields = byName(stored);
  const found: Difference[] = [];
  const say = (kind: Difference["kind"], name: string, text: string) =>
    found.push({ kind, path: [...path, name], text: `column '${[...path, name].join(".")}' ${text}` });
  for (const [key, { name, dataType }] of storedFields) {
    const actual = givenFields.get(key)?.dataType;
    if (actual === undefined) say("missing", name, "is missing");
    else found.push(...typeDifferences(actual, dataType, known, [...path, name]));
  }
  for (const [key, { name }] of givenFields) if (!storedFields.has(key)) say("new", name, "is new");
  if (given.names.length !== givenFields.size) {
    const twice = given.names.filter(
      (name, index) => given.names.findIndex((other) => same(other, name)) < index,
    );
    for (const name of twice) say("twice", name, "occurs twice");
  }
  return found;
}

function typeDifferences(
  given: DataType,
  stored: DataType,
  known: string,
  path: readonly string[],
): readonly Difference[] {
  if (given.kind === "struct" && stored.kind === "struct") {
    return schemaDifferences(given, stored, known, path);
  }
  if (given.kind === "array" && stored.kind === "array") {
    return typeDifferences(given.elementType, stored.elementType, known, [...path, "element"]);
  }
  if (given.kind === "map" && stored.kind === "map") {
    return [
      ...typeDifferences(given.keyType, stored.keyType, known, [...path, "key"]),
      ...typeDifferences(given.valueType, stored.valueType, known, [...path, "value"]),
    ];
  }
  if (given.simpleString() === stored.simpleString()) return [];
  const text = `column '${path.join(".")}' is ${given.simpleString()}, ${known} as ${stored.simpleString()}`;
  // A column of type VOID has no value yet.
  return [{ kind: stored.kind === "null" ? "new" : "type", path, text }];
}

/** The stored columns and fields in their order and by their names, then those that only the given ones have. */
export function mergedSchema(given: StructType, stored: StructType): StructType {
  const givenFields = byName(given);
  const storedFields = byName(stored);
  return new StructType([
    ...stored.fields.flatMap(({ name, dataType }) => {
      const field = givenFields.get(name.toLowerCase());
      return field === undefined ? [] : new StructField(name, mergedType(field.dataType, dataType));
    }),
    ...given.fields.filter(({ name }) => !storedFields.has(name.toLowerCase())).map(nullable),
  ]);
}

function mergedType(given: DataType, stored: DataType): DataType {
  if (given.kind === "struct" && stored.kind === "struct") return mergedSchema(given, stored);
  if (given.kind === "array" && stored.kind === "array") {
    return new ArrayType(mergedType(given.elementType, stored.elementType));
  }
  if (given.kind === "map" && stored.kind === "map") {
    return new MapType(
      mergedType(given.keyType, stored.keyType),
      mergedType(given.valueType, stored.valueType),
    );
  }
  return given;
}

function nullable({ name, dataType }: StructField): StructField {
  return new StructField(name, dataType);
}

/** The paths of columns, fields, elements and values of type VOID. */
export function voidPaths(type: DataType, path: readonly string[] = []): readonly string[] {
  switch (type.kind) {
    case "null":
      return [path.join(".")];
    case "struct":
      return type.fields.flatMap(({ name, dataType }) => voidPaths(dataType, [...path, name]));
    case "array":
      return voidPaths(type.elementType, [...path, "element"]);
    case "map":
      return [...voidPaths(type.keyType, [...path, "key"]), ...voidPaths(type.valueType, [...path, "value"])];
    default:
      return [];
  }
}

function byName(schema: StructType): ReadonlyMap<string, StructField> {
  return new Map(schema.fields.map((one) => [one.name.toLowerCase(), one]));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
