const secret: RegExp =
  /pass(?:word|wd|phrase)?$|secret|token|credential|private|sas|jaas|(?:access|account|api|encryption)[._-]?key/i;
const userInfo: RegExp = /(?<=\/\/)[^/\s:@]+:[^/\s@]+(?=@)/g;
const inUrl: RegExp = /(?<=[?&;](?:[^=?&;]*(?:pass(?:word|wd)?|secret|token|sig)[^=?&;]*)=)[^&;\s]+/gi;

/** Text of a plan with the passwords that stand in URLs masked. */
export function maskSecrets(text: string): string {
  return text.replace(userInfo, "***").replace(inUrl, "***");
}

/** Options as `name = value`, in the order of their names; values that look secret are masked. */
export function maskOptions(options: Readonly<Record<string, string>>): string {
  return Object.keys(options)
    .sort()
    .map((name) => `${name} = ${secret.test(name) ? "***" : maskSecrets(options[name] ?? "")}`)
    .join(", ");
}
