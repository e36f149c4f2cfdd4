/**
 * Milliseconds of processor time, garbage collection included, that the work took. Unlike the clock it does not run on
 * while a busy machine does something else, so that a limit tells linear work from quadratic and nothing else.
 */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
