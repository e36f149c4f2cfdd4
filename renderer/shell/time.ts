/** `0.4 s`, `12 ms`, `1:05 min`: short enough to stand under a station. */
export function printDuration(ms: number): string {
  if (ms < 1) return '<1 ms'
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `2 hours ago`. */
export function printAgo(iso: string, nowMs: number): string {
  const seconds = Math.round((Date.parse(iso) - nowMs) / 1_000)
  const size = Math.abs(seconds)
  if (size < 45) return 'just now'
  if (size < 3_600) return RELATIVE.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return RELATIVE.format(Math.round(seconds / 3_600), 'hour')
  return RELATIVE.format(Math.round(seconds / 86_400), 'day')
}

const INSTANT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })

/** The time of the day, for what is of today. */
export function printTime(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : TIME.format(at)
}

export function printInstant(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : INSTANT.format(at)
}

export function printDay(iso: string): string {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : DAY.format(at)
}

/** Whole days from now until then; negative once it is over. */
export function daysUntil(iso: string, nowMs: number): number {
  return Math.floor((Date.parse(iso) - nowMs) / 86_400_000)
}

/** `1.2 kB`, `3.4 MB` (powers of ten, as mail servers' limits are usually given to people). */
export function printSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
