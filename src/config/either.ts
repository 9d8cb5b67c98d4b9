import * as z from "zod";
import { drawnAs } from "./json-form.ts";

/** Two ways to write a value, told apart by what was written, so that the faults told are those of the way meant. */
export function either<A, B>(
  isFirst: (written: unknown) => boolean,
  first: z.ZodType<A>,
  second: z.ZodType<B>,
): z.ZodType<A | B> {
  const field = z.unknown().transform((written, ctx): A | B => {
    const result = isFirst(written) ? first.safeParse(written) : second.safeParse(written);
    if (result.success) return result.data;
    for (const found of result.error.issues) ctx.issues.push(found as z.core.$ZodRawIssue);
    return z.NEVER;
  });
  return drawnAs(field, (draw) => ({ anyOf: [draw(first), draw(second)] }));
}
