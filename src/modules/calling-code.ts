import { type CallSiteObject, getCallSites } from "node:util";

/** Where our own code lies, as the URL it starts with. */
export const ownCode: string = new URL("../", import.meta.url).href;

/**
 * Who called: the nearest code on the stack that lies in a file `isCaller` takes. Code that `eval` made stands for who
 * called it; Node's own for nobody, but its module loader for itself. Undefined when the event loop calls. Code cannot
 * change what is found here.
 */
export function callingCode(isCaller: (url: string) => boolean): CallSiteObject | undefined {
  const [, ...callers] = getCallSites(50, { sourceMap: false });
  return callers.find(({ scriptName }) => isNamed(scriptName) && isCaller(scriptName));
}

function isNamed(scriptName: string): boolean {
  return (
    scriptName !== "" && (!scriptName.startsWith("node:") || scriptName.startsWith("node:internal/modules/"))
  );
}
