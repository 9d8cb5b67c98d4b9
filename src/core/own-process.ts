/**
 * This process as it was before any user's code ran: all of it can be written to, and what is started or recognised by them
 * must not be for that code to choose.
 */
export const nodeProgram: string = process.execPath;
export const ownPid: number = process.pid;
export const ownEnvironment: Readonly<NodeJS.ProcessEnv> = { ...process.env };
