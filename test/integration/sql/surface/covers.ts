import { expect } from "chai";
import type { SparkSession } from "../../../../src/sql/index.ts";
import { ourName } from "../../../surface/names.ts";
import { definerOf } from "../../../surface/owners.ts";
import { getSpark } from "../../spark.ts";

/**
 * A test of one member of PySpark's surface, by PySpark's name, such as `Catalog.listTables`. It fails when the body
 * does not use the member, which must be a method, a getter or static: what is a field of instances cannot be heard.
 * `node test/surface/report.ts` says which members have no such test.
 */
export function covers(member: string, body: (spark: SparkSession) => Promise<void>): void {
  it(member, async () => {
    const [owner = "", name = ""] = member.split(".");
    const ear = listen(owner, ourName(owner, name));
    try {
      await body(await getSpark());
    } finally {
      ear.remove();
    }
    expect(ear.heard(), `the test of ${member} did not use it`).to.equal(true);
  });
}

interface Ear {
  heard(): boolean;
  remove(): void;
}

function listen(owner: string, name: string): Ear {
  const definer = definerOf(owner, name);
  if (definer === undefined) throw new Error(`${owner} has no member ${name}`);
  const original = Object.getOwnPropertyDescriptor(definer, name) as PropertyDescriptor;
  let heard = false;
  const heardBy = <A extends unknown[], R>(call: (...args: A) => R) =>
    function (this: unknown, ...args: A): R {
      heard = true;
      return call.apply(this, args);
    };
  const isMethod = typeof original.value === "function";
  const { get = () => original.value as unknown } = original;
  Object.defineProperty(
    definer,
    name,
    isMethod
      ? { ...original, value: heardBy(original.value) }
      : { get: heardBy(get), configurable: true, enumerable: original.enumerable ?? false },
  );
  return { heard: () => heard, remove: () => Object.defineProperty(definer, name, original) };
}
