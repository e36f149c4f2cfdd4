/** Small things that the benches share. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}

export function print(what: string, value: number | string, digits = 0): void {
  console.log(`${what.padEnd(48)} ${typeof value === 'number' ? value.toFixed(digits) : value}`)
}

/** On a busy machine the processor's time says more than the clock. */
export type Rate = { readonly perSecond: number; readonly cpuMicroseconds: number }

/** Does all of it, so much at a time. */
export async function rateOf<T>(
  items: readonly T[],
  atATime: number,
  work: (item: T) => Promise<unknown>,
): Promise<Rate> {
  let next = 0
  const startedAt = performance.now()
  const cpu = process.cpuUsage()
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item)
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: items.length / seconds, cpuMicroseconds: (user + system) / items.length }
}
