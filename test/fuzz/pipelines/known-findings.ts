/** Faults that somebody is mending, by a part of what is said of them. Empty on a commit that is done. */
export const knownFindings: readonly RegExp[] = [];
