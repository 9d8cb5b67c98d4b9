import type * as z from "zod";

/** A key that may be left out, with what editors and the reference say of it. */
export function optional<T>(
  field: z.ZodType<T>,
  description: string,
  fallback?: string | number | boolean | readonly string[] | undefined,
): z.ZodOptional<z.ZodType<T>> {
  return field.optional().meta({ description, ...(fallback !== undefined && { fallback }) });
}
