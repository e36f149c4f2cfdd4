import { escapeControls } from '#shared/escape.ts'

/** Every text in it with control characters made visible: whatever came from the DNS goes to terminals and pages only so. */
export function escapeTexts<T>(value: T): T {
  // The shape stays as it is; only the characters of texts change.
  return escapeAny(value) as T
}

function escapeAny(value: unknown): unknown {
  // A line feed separates the records of a name that has several.
  if (typeof value === 'string') return value.split('\n').map(escapeControls).join('\n')
  if (Array.isArray(value)) return value.map(escapeAny)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escapeAny(inner)]))
}
