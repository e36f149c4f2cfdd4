/** A server that is near has taken the connection and greeted by then. */
const NEAR_MS = 20

/**
 * Waits until work of our own may hold up the event loop: while a server that is far is waited for, or once the connection
 * stands and nothing is waited for. So the times of a server that is near are not those of our own preparations.
 *
 * @param connected whether the connection came about, greeting included
 * @returns false where the work is of no use, as there is no connection
 */
export function spareTime(connected: Promise<boolean>): Promise<boolean> {
  const far = new Promise<boolean>(resolve => setTimeout(resolve, NEAR_MS, true).unref())
  return Promise.race([connected, far])
}
