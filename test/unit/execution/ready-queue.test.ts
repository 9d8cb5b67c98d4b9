import { expect } from "chai";
import fc from "fast-check";
import { ReadyQueue } from "../../../src/execution/ready-queue.ts";

describe("ReadyQueue", () => {
  it("gives what was pushed in order, whatever was taken in between", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer(), { nil: undefined })), (steps) => {
        const queue = new ReadyQueue<number>((a, b) => a < b);
        let model: number[] = [];
        for (const step of steps) {
          if (step === undefined) expect(queue.pop()).to.equal(model.shift());
          else {
            queue.push(step);
            model = [...model, step].toSorted((a, b) => a - b);
          }
        }
        expect(queue.drain().toSorted((a, b) => a - b)).to.deep.equal(model);
        expect(queue.pop()).to.equal(undefined);
      }),
    );
  });
});
