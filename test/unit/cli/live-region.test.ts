import { EventEmitter } from "node:events";
import xterm from "@xterm/headless";
import { expect } from "chai";
import { LiveRegion } from "../../../src/cli/terminal/live-region.ts";
import { Output } from "../../../src/cli/terminal/output.ts";

/** A real terminal emulator behind a stream; it wraps and reflows lines as terminals do. */
class Screen extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  written = "";
  readonly writableLength = 0;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;

  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.#terminal = new xterm.Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  }

  write(text: string): boolean {
    this.written += text;
    this.#terminal.write(text);
    return true;
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.lines();
    this.#terminal.resize(columns, rows);
    this.columns = columns;
    this.rows = rows;
    this.emit("resize");
  }

  /** All that was ever shown, scrolled-out lines included, without empty lines at the end. */
  async lines(): Promise<string[]> {
    await new Promise<void>((resolve) => this.#terminal.write("", resolve));
    const { buffer } = this.#terminal;
    const lines = Array.from(
      { length: buffer.active.length },
      (_, index) => buffer.active.getLine(index)?.translateToString(true) ?? "",
    );
    while (lines.at(-1) === "") lines.pop();
    return lines;
  }
}

function open(columns = 40, rows = 10) {
  const screen = new Screen(columns, rows);
  const content = { lines: ["one", "two"] };
  const region = new LiveRegion(new Output(screen as unknown as NodeJS.WriteStream), (width, height) =>
    content.lines.map((line) => line.slice(0, width)).slice(0, height),
  );
  return { screen, content, region };
}

describe("cli: live region", () => {
  it("draws in place, whether it grows or shrinks", async () => {
    const { screen, content, region } = open();
    screen.write("$ command\r\n");
    region.draw();
    content.lines = ["one!", "two", "three"];
    region.draw();
    content.lines = ["done"];
    region.draw();
    expect(await screen.lines()).to.deep.equal(["$ command", "done"]);
  });

  it("prints above, and leaves nothing behind", async () => {
    const { screen, region } = open();
    region.draw();
    region.print("log 1\nlog 2\n");
    region.print("a rather long line of a log that the terminal has to wrap once\n");
    expect(await screen.lines()).to.deep.equal([
      "log 1",
      "log 2",
      "a rather long line of a log that the ter",
      "minal has to wrap once",
      "one",
      "two",
    ]);
    region.close();
    expect((await screen.lines()).at(-1)).to.equal("minal has to wrap once");
  });

  it("stays clean when the terminal becomes narrower and wraps what was drawn", async () => {
    const { screen, content, region } = open(40, 20);
    screen.write("$ command\r\n");
    content.lines = ["x".repeat(60), "y".repeat(60)];
    region.draw();
    await screen.resize(15, 20);
    expect(await screen.lines()).to.deep.equal(["$ command", "x".repeat(14), "y".repeat(14)]);
    await screen.resize(70, 20);
    expect(await screen.lines()).to.deep.equal(["$ command", "x".repeat(60), "y".repeat(60)]);
  });

  it("never draws more lines than the terminal has", async () => {
    const { screen, content, region } = open(40, 4);
    content.lines = ["1", "2", "3", "4", "5", "6"];
    region.draw();
    region.draw();
    expect(await screen.lines()).to.deep.equal(["1", "2", "3"]);
  });

  it("wipes the ^C that the terminal echoes", async () => {
    const { screen, region } = open();
    region.draw();
    screen.write("^C");
    region.draw();
    expect(await screen.lines()).to.deep.equal(["one", "two"]);
  });

  it("shows the cursor after every frame, so that no end of the process can lose it", () => {
    const { screen, region } = open();
    region.draw();
    region.print("log\n");
    expect(screen.written.lastIndexOf("\x1b[?25h")).to.be.greaterThan(
      screen.written.lastIndexOf("\x1b[?25l"),
    );
  });
});
