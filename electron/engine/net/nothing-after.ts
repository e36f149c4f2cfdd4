/** Null once the time is over, for a race with an answer that is not worth more of it. Keeps no process alive. */
export function nothingAfter(ms: number): Promise<null> {
  return new Promise(resolve => setTimeout(() => resolve(null), ms).unref())
}
