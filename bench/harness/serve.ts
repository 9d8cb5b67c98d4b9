import { createInterface } from "node:readline";

/** The other side of `Worker`: answers every command with the milliseconds that the work took, one for each time. */
export async function serve(commands: Readonly<Record<string, () => Promise<void>>>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const [name = "", times = "1"] = line.split(" ");
    const work = commands[name];
    if (work === undefined) throw new Error(`unknown command ${name}`);
    const samples: number[] = [];
    for (let i = 0; i < Number(times); i++) {
      const started = performance.now();
      await work();
      samples.push(performance.now() - started);
    }
    process.stdout.write(`${JSON.stringify(samples)}\n`);
  }
}
