import type * as z from "zod";
import { matching } from "./fields.ts";

/** Node, pipeline and dataset names: no blanks, slashes or control characters, for they become parts of ids and paths. */
export const nodeNames: RegExp = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u;

/** A managed table: one to three parts, each of letters, digits and `_`. */
export const tableNames: RegExp = /^\w+(\.\w+){0,2}$/;

export function nodeName(): z.ZodType<string> {
  return matching(nodeNames, "a node's name", { code: "CONFIG_INVALID_NAME" });
}

export function datasetName(): z.ZodType<string> {
  return matching(nodeNames, "a dataset's name, such as bronze.events", { code: "CONFIG_INVALID_NAME" });
}
