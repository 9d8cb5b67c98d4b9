const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  b: "\b",
  n: "\n",
  r: "\r",
  t: "\t",
  Z: "\u001A",
  // What LIKE needs stays as it is.
  "%": "\\%",
  _: "\\_",
};

/** What a string token stands for, as a session reads it that keeps the default of `escapedStringLiterals`. */
export function stringText(written: string): string {
  if (/^r/i.test(written)) return written.slice(2, -1);
  if (written.startsWith("$")) return written.replace(/^(\$[A-Za-z]*\$)([\s\S]*)\1$/, "$2");
  const quote = written.slice(0, 1);
  return written
    .slice(1, -1)
    .replace(
      /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-3][0-7]{2})|([\s\S]))|''|""/g,
      (whole, short?: string, long?: string, octal?: string, other?: string) => {
        const hex = short ?? long;
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16) % 0x110000);
        if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
        if (other !== undefined) return escapes[other] ?? other;
        return whole.startsWith(quote) ? quote : whole;
      },
    );
}
