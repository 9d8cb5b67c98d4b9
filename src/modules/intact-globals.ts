import path from "node:path";
import url from "node:url";
import util from "node:util";

/** A property as it was before any user's code ran. */
interface Kept {
  readonly owner: object;
  readonly name: string;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

// What follows asks nothing of what it checks: no method of an array or a string, no iterator.
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, is } = Object;
const { deleteProperty, ownKeys } = Reflect;
const objectPrototype = Object.prototype;
const arrayPrototype = Array.prototype;

const classes = {
  ...{ Object, Function, Array, String, Number, Boolean, Symbol, RegExp, URL },
  ...{ Map, Set, WeakMap, WeakSet, Promise, Iterator },
};
const namespaces = { Reflect, JSON, path, url };
const iterators = {
  "an iterator of arrays": [][Symbol.iterator](),
  "an iterator of maps": new Map()[Symbol.iterator](),
  "an iterator of sets": new Set()[Symbol.iterator](),
  "an iterator of texts": ""[Symbol.iterator](),
  "an iterator of matches": "".matchAll(/./g),
};
let kept: readonly Kept[] | undefined;
let objectKeys = 0;

/** Remembers what the importer works with, once, before any user's code runs. */
export function keepGlobals(): void {
  if (kept !== undefined) return;
  const found: Kept[] = [];
  const keep = (name: string, owner: object, keys: readonly PropertyKey[] = ownKeys(owner)): void => {
    for (const key of keys) {
      const descriptor = getOwnPropertyDescriptor(owner, key);
      if (descriptor !== undefined) found.push({ owner, name: `${name}.${String(key)}`, key, descriptor });
    }
  };
  for (const [name, one] of Object.entries(classes)) {
    keep(name, one);
    keep(`${name}.prototype`, one.prototype as object);
  }
  for (const [name, one] of Object.entries(namespaces)) keep(name, one);
  for (const [name, one] of Object.entries(iterators)) keep(name, getPrototypeOf(one) as object);
  keep("util", util, ["getCallSites"]);
  keep("globalThis", globalThis, [...Object.keys(classes), "Reflect", "JSON", "process"]);
  objectKeys = ownKeys(objectPrototype).length;
  kept = found;
}

/**
 * Names something of that which code has replaced: it would have the importer decide by the code's own functions.
 * Undefined when all is as it was.
 */
export function replacedGlobal(): string | undefined {
  const all = kept ?? [];
  for (let index = 0; index < all.length; index += 1) {
    const one = all[index] as Kept;
    if (isReplaced(one)) return one.name;
  }
  return addition();
}

/** Puts everything back, as far as it can be. Returns what {@link replacedGlobal} said before. */
export function restoreGlobals(): string | undefined {
  const replaced = replacedGlobal();
  if (replaced === undefined) return undefined;
  const all = kept ?? [];
  for (let index = 0; index < all.length; index += 1) {
    const one = all[index] as Kept;
    if (isReplaced(one)) put(one);
  }
  dropAdditions();
  return replaced;
}

function isReplaced({ owner, key, descriptor }: Kept): boolean {
  const now = getOwnPropertyDescriptor(owner, key);
  return now === undefined || !isSame(now, descriptor);
}

function isSame(now: PropertyDescriptor, then: PropertyDescriptor): boolean {
  return is(now.value, then.value) && now.get === then.get && now.set === then.set;
}

function put({ owner, key, descriptor }: Kept): void {
  try {
    defineProperty(owner, key, descriptor);
  } catch {
    // It was made unchangeable; everything later is refused for it.
  }
}

/**
 * What every object inherits, and every array at a place where it has nothing itself, is handed the objects of others:
 * a setter there sees them.
 */
function addition(): string | undefined {
  const keys = ownKeys(objectPrototype);
  for (let index = 0; keys.length > objectKeys && index < keys.length; index += 1) {
    const key = keys[index] as PropertyKey;
    if (!wasThere(objectPrototype, key)) return `Object.prototype.${nameOf(key)}`;
  }
  const first = ownKeys(arrayPrototype)[0]; // numbers come first
  return first === "length" ? undefined : `Array.prototype.${nameOf(first)}`;
}

function dropAdditions(): void {
  const keys = ownKeys(objectPrototype);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as PropertyKey;
    if (!wasThere(objectPrototype, key)) deleteProperty(objectPrototype, key);
  }
  for (let key = ownKeys(arrayPrototype)[0]; key !== undefined && key !== "length"; ) {
    if (!deleteProperty(arrayPrototype, key)) return;
    key = ownKeys(arrayPrototype)[0];
  }
}

function wasThere(owner: object, key: PropertyKey): boolean {
  const all = kept ?? [];
  for (let index = 0; index < all.length; index += 1) {
    const one = all[index] as Kept;
    if (one.owner === owner && one.key === key) return true;
  }
  return false;
}

function nameOf(key: PropertyKey | undefined): string {
  return typeof key === "string" ? key : "a symbol";
}
