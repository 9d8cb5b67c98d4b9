/** How a supervisor ended. */
export const SupervisorExit = {
  stopped: 0,
  /** Another supervisor has the project already. */
  lostRace: 10,
  startFailed: 11,
} as const;
