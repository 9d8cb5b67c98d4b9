import { existsSync, readFileSync } from "node:fs";
import type { JsonValue } from "@bufbuild/protobuf";
import { expect } from "chai";
import { messageOf, normalise } from "../../golden/messages.ts";
import { casesOf, expectedFile, topics } from "../../golden/topics.ts";

for (const topic of topics()) {
  const cases = casesOf(topic);
  const file = expectedFile(topic);
  const expected = existsSync(file)
    ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, JsonValue>)
    : {};

  describe(`golden plans: ${topic}`, () => {
    for (const golden of cases) {
      it(golden.python, async () => {
        expect(expected, `run: npm run golden -- ${topic}`).to.have.property(golden.python);
        // Once more, since what counts as a difference may have been narrowed since they were written.
        expect(await messageOf(golden)).to.deep.equal(normalise(expected[golden.python] as JsonValue));
      });
    }

    it("has no message without a case", () => {
      expect(Object.keys(expected)).to.have.members(cases.map(({ python }) => python));
    });
  });
}
