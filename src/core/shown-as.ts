/**
 * What `console.log` and `util.inspect` show of the objects of a class, in place of its fields. Not a method, so that
 * the types of the class say nothing of Node.
 */
export function showAs<T extends object>(shown: { readonly prototype: T }, text: (value: T) => string): void {
  Object.defineProperty(shown.prototype, Symbol.for("nodejs.util.inspect.custom"), {
    value(this: T): string {
      return text(this);
    },
    configurable: true,
    writable: true,
  });
}
