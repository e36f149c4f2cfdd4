/** Tenths of a millisecond: what a clock says beyond them is noise. */
export function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10
}
