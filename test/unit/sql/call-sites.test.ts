import { toJson } from "@bufbuild/protobuf";
import { expect } from "chai";
import { ExpressionSchema } from "../../../gen/spark/connect/expressions_pb.ts";
import { callSite, callSiteText, parseCallSite } from "../../../src/connect/call-site.ts";
import { captureCallSites, col, upper } from "../../../src/sql/index.ts";

const here = import.meta.filename;
/** The line of the caller. */
const line = () => Number(/call-sites\.test\.ts:(\d+)/.exec(new Error().stack?.split("\n")[2] ?? "")?.[1]);

describe("call sites", () => {
  afterEach(() => captureCallSites(false));

  it("name the line outside of the package, and come back from their text", () => {
    const [place, at] = [callSite(), line()];
    expect(place).to.include({ file: here, line: at });
    if (place === undefined) throw new Error("no place");
    expect(callSiteText(place)).to.match(/^test\/unit\/sql\/call-sites\.test\.ts:\d+:\d+$/);
    expect(parseCallSite(callSiteText(place))).to.eql(place);
    expect(parseCallSite("")).to.equal(undefined);
    expect(parseCallSite("SELECT 1")).to.equal(undefined);
  });

  it("are sent with columns only when that was asked for", () => {
    expect(toJson(ExpressionSchema, upper(col("a")).toProto())).to.not.have.property("common");
    captureCallSites();
    const [column, at] = [upper(col("a")), line()];
    const origin = "common.origin.pythonOrigin";
    const json = toJson(ExpressionSchema, column.toProto());
    expect(json).to.have.nested.property(`${origin}.fragment`, "upper");
    expect(json)
      .to.have.nested.property(`${origin}.callSite`)
      .that.matches(new RegExp(`sites\\.test\\.ts:${at}:`));
    expect(json).to.have.nested.property(
      `unresolvedFunction.arguments[0].${origin}.fragment`,
      "unresolvedAttribute",
    );
  });
});
