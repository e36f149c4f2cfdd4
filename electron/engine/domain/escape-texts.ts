import { escapeControls } from '#shared/escape.ts'

/**
 * Every text in it with control characters made visible: whatever came from the DNS goes to terminals and pages only so.
 * What holds none is handed back as it is.
 */
export function escapeTexts<T>(value: T): T {
  // The shape stays as it is; only the characters of texts change.
  return escapeAny(value) as T
}

function escapeAny(value: unknown): unknown {
  if (typeof value === 'string') return escapeLines(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(escapeAny)
    return items.some((item, i) => item !== value[i]) ? items : value
  }
  const changed: [string, unknown][] = []
  for (const [key, inner] of Object.entries(value)) {
    const escaped = escapeAny(inner)
    if (escaped !== inner) changed.push([key, escaped])
  }
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
}

/** A line feed separates the records of a name that has several. */
function escapeLines(text: string): string {
  return text.includes('\n') ? text.split('\n').map(escapeControls).join('\n') : escapeControls(text)
}
