import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { userPosition } from "../../../src/events/user-position.ts";

const root = "/home/ann/my flights";
const stack = (...places: string[]) =>
  [
    "Error: boom",
    "    with a second line (file:///home/ann/my%20flights/no.ts:1:1)",
    ...places.map((place) => `    at ${place}`),
  ].join("\n");
const url = (file: string) => pathToFileURL(file).href;

describe("the user's place in a stack trace", () => {
  it("is the innermost frame in the project, be it called or awaited", () => {
    const trace = stack(
      "Object.run (node:internal/timers:1:2)",
      `collect (${url(`${root}/node_modules/sparkwright/x.js`)}:9:9)`,
      `async clean (${url(`${root}/src/clean.ts`)}?v=2:14:5)`,
      `async outer (${url(`${root}/src/outer.ts`)}:3:1)`,
    );
    expect(userPosition(trace, root)).to.deep.equal({ file: `${root}/src/clean.ts`, line: 14, column: 5 });
  });

  it("is found in a frame without a function", () => {
    const place = { file: `${root}/src/a.ts`, line: 1, column: 7 };
    expect(userPosition(stack(`${url(place.file)}:1:7`), root)).to.deep.equal(place);
    expect(userPosition(stack(`${place.file}:1:7`), root)).to.deep.equal(place);
  });

  it("is nowhere outside the project", () => {
    expect(userPosition(stack(`f (${url("/home/ann/my flights 2/a.ts")}:1:1)`), root)).to.equal(undefined);
    expect(userPosition(stack("f (node:fs:1:1)"), root)).to.equal(undefined);
    expect(userPosition(undefined, root)).to.equal(undefined);
  });
});
