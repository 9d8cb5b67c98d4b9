import xterm from "@xterm/headless";

/** What a terminal of this size shows after these bytes, without empty lines at the end. */
export async function screenOf(bytes: string, columns: number, rows: number): Promise<string[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(bytes, resolve));
  const { active } = terminal.buffer;
  const lines = Array.from(
    { length: active.length },
    (_, y) => active.getLine(y)?.translateToString(true) ?? "",
  );
  while (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Whether the cursor shows after these bytes. */
export function showsCursor(bytes: string): boolean {
  return bytes.lastIndexOf("\x1b[?25h") >= bytes.lastIndexOf("\x1b[?25l");
}
