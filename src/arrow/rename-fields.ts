import type { ArrowField, ArrowType } from "./arrow-type.ts";
import { malformed } from "./ipc/message-reader.ts";

/** The same fields under the names of others, children included, by position. */
export function renameFields(fields: readonly ArrowField[], names: readonly ArrowField[]): ArrowField[] {
  if (fields.length !== names.length) {
    throw malformed(`it has ${fields.length} columns where the schema says ${names.length}`);
  }
  return fields.map((field, index) => {
    const named = names[index] as ArrowField;
    return { ...field, name: named.name, type: renameType(field.type, named.type) };
  });
}

function renameType(type: ArrowType, named: ArrowType): ArrowType {
  if (type.kind === "struct" && named.kind === "struct") {
    return { ...type, fields: renameFields(type.fields, named.fields) };
  }
  if (type.kind === "map" && named.kind === "map") {
    const [key = type.key] = renameFields([type.key], [named.key]);
    const [value = type.value] = renameFields([type.value], [named.value]);
    return { ...type, key, value };
  }
  if ("element" in type && "element" in named) {
    const [element = type.element] = renameFields([type.element], [named.element]);
    return { ...type, element };
  }
  return type;
}
